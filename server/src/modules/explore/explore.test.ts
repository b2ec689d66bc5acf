import type { ExplorePost, PostId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCREEN } from './blend.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

/** All that a visit shows, page by page. */
async function visit(person: Person, limit = 50): Promise<ExplorePost[]> {
  const seen: ExplorePost[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await person.api.feed.explore({ query: { limit, cursor } })
    seen.push(...page.items)
    if (page.next_cursor === null) return seen
    expect(page.items).toHaveLength(limit)
    cursor = page.next_cursor
  }
}
const idsOf = (posts: readonly { post_id: PostId }[]) => posts.map((post) => post.post_id)
const whyOf = (posts: readonly ExplorePost[], { post_id }: { post_id: PostId }) =>
  posts.find((post) => post.post_id === post_id)?.why

describe('why a post is there', () => {
  test('is said with names of those one follows, and it is true', async () => {
    const [me, friend, liked, further, cold, place] = await system.people(
      'mia',
      'friend',
      'liked',
      'further',
      'cold',
      'placed',
    )
    const fans = await system.people('fan1', 'fan2', 'fan3', 'fan4')
    await me.follow(friend)
    await friend.follow(further)
    const [mine, alike, byLiked, byFurther, tagged, there, plain] = await Promise.all([
      liked.share({ caption: '#pier', location: { name: 'Riva' } }),
      cold.share(),
      liked.share(),
      further.share(),
      cold.share({ caption: 'another #pier' }),
      place.share({ location: { name: 'riva ' } }),
      place.share(),
    ])
    await system.settle()
    for (const fan of fans) for (const post of [mine, alike]) await fan.like(post)
    await me.like(mine)
    await friend.like(byLiked)
    await system.settle()
    const posts = await visit(me)
    expect(whyOf(posts, alike)).toEqual({ kind: 'similar', names: [], others: 0, about: 'liked' })
    expect(whyOf(posts, byLiked)).toEqual({ kind: 'liked_by', names: ['friend'], others: 0, about: null })
    expect(whyOf(posts, byFurther)).toEqual({
      kind: 'followed_by',
      names: ['friend'],
      others: 0,
      about: null,
    })
    expect(whyOf(posts, tagged)).toMatchObject({ kind: 'hashtag', about: 'pier' })
    expect(whyOf(posts, there)).toMatchObject({ kind: 'place', about: 'Riva' })
    expect(whyOf(posts, plain)).toMatchObject({ kind: 'new' })
    // What one has liked one has seen.
    expect(whyOf(posts, mine)).toMatchObject({ kind: 'again' })
  })

  test('what trends is measured by what its author is used to', async () => {
    const [newcomer, quiet, ...fans] = await system.people('viewer', 'quiet', 'fana', 'fanb', 'fanc', 'fand')
    const [early, hot] = [await quiet.share(), await quiet.share()]
    await system.settle()
    await fans[0]?.like(early)
    await system.settle()
    system.clock.advance(14 * 86_400_000)
    for (const one of [newcomer, ...fans]) await one.logIn()
    for (const fan of fans) await fan.like(hot)
    await system.settle()
    expect(whyOf(await visit(newcomer), hot)).toMatchObject({ kind: 'trending' })
  })
})

describe('a visit', () => {
  test('shows each post once, no author twice on a screen, and the same page again when asked again', async () => {
    const names = Array.from({ length: 26 }, (_, n) => `maker${String(n).padStart(2, '0')}`)
    const makers = await system.people(...names)
    for (const some of [makers, makers.slice(0, 8), makers.slice(0, 8)])
      await Promise.all(some.map((maker) => maker.share()))
    // What is newest is the same for everybody for some seconds.
    await system.pass(60)
    const [guest, other] = await system.people('gesa', 'gil')
    const first = await guest.api.feed.explore({ query: { limit: 12 } })
    const again = async () =>
      (await guest.api.feed.explore({ query: { limit: 12, cursor: first.next_cursor as string } })).items
    expect(idsOf(await again())).toEqual(idsOf(await again()))
    const posts = await visit(other, 12)
    expect(new Set(idsOf(posts)).size).toBe(posts.length)
    const authors = posts.map((post) => post.user.username)
    for (let at = 0; at < 3; at++) expect(new Set(authors.slice(at, at + SCREEN)).size).toBe(SCREEN)
  })

  test('begins with what was not shown before; where nothing is left it begins anew, and is never blank', async () => {
    await using small = await startSystem()
    const [owner, guest] = await small.people('olga', 'gesa')
    expect(await visit(guest)).toEqual([])
    const posts = []
    for (let n = 0; n < 5; n++) posts.push(await owner.share())
    await small.settle()
    small.clock.advance(90 * 86_400_000)
    for (const one of [owner, guest]) await one.logIn()
    const first = await guest.api.feed.explore({ query: { limit: 3 } })
    const second = await visit(guest, 5)
    expect(idsOf(second).sort()).toEqual(idsOf(posts).sort())
    expect(idsOf(second.slice(0, 2))).not.toEqual(expect.arrayContaining([first.items[0]?.post_id]))
    expect(second.slice(2).map((post) => post.why?.kind)).toEqual(['again', 'again', 'again'])
    // Whoever follows everybody sees all that is public here as well.
    await guest.follow(owner)
    expect(idsOf(await visit(guest)).sort()).toEqual(idsOf(posts).sort())
    // As if they had never been, once they are private.
    await owner.goPrivate()
    expect(await visit(guest)).toEqual([])
  })
})

describe('what a member does not want', () => {
  test('leaves at once: a post, an author; and comes back when it is taken back', async () => {
    const [picky, dull] = await system.people('picky', 'dull')
    const [one, two] = [await dull.share(), await dull.share()]
    await system.settle()
    const shown = async () =>
      idsOf(await visit(picky)).filter((id) => id === one.post_id || id === two.post_id)
    const opened = await picky.api.feed.explore({ query: { limit: 1 } })
    await picky.api.explore.refusePost({ params: one })
    await picky.api.explore.refusePost({ params: one })
    expect(await shown()).toEqual([two.post_id])
    await picky.api.explore.hideAuthor({ params: dull })
    expect(await shown()).toEqual([])
    const rest = await picky.api.feed.explore({ query: { limit: 50, cursor: opened.next_cursor as string } })
    expect(rest.items.map((post) => post.user.username)).not.toContain('dull')
    expect((await picky.api.explore.hiddenAuthors()).items.map((user) => user.username)).toEqual(['dull'])
    await picky.api.explore.showAuthor({ params: dull })
    await picky.api.explore.allowPost({ params: one })
    expect((await shown()).sort()).toEqual([one.post_id, two.post_id].sort())
  })
})

describe('what goes together', () => {
  const pairs = async () => {
    const { rows } = await sql<{ post_id: PostId; other_id: PostId; weight: number }>`
      select post_id, other_id, weight from co_engagements order by weight desc`.execute(
      system.engines.db.query,
    )
    return rows
  }
  test('is counted once however often it is done and told, weighs less as time passes, and goes with its post', async () => {
    const [author, one, other] = await system.people('potter', 'spinner', 'weaver')
    const [a, b, c] = [await author.share(), await author.share(), await author.share()]
    await system.settle()
    const like = async (who: Person, ...posts: { post_id: PostId }[]) => {
      for (const post of posts) {
        await who.like(post)
        await system.settle()
        system.clock.advance(1000)
      }
    }
    await like(one, a, b)
    const weightOf = async (x: { post_id: PostId }, y: { post_id: PostId }) =>
      (await pairs()).find((pair) => pair.post_id === x.post_id && pair.other_id === y.post_id)?.weight ?? 0
    const then = await weightOf(a, b)
    expect(then).toBeGreaterThan(0)
    expect(await weightOf(b, a)).toBe(then)
    await one.unlike(b)
    await like(one, b)
    await one.save(b)
    await system.settle()
    expect(await weightOf(a, b)).toBe(then)
    // A month later one more in common weighs twice as much.
    system.clock.advance(30 * 86_400_000)
    for (const who of [author, other]) await who.logIn()
    await like(other, a, c)
    expect((await weightOf(a, c)) / then).toBeCloseTo(2, 1)
    await author.delete(a)
    await system.settle()
    expect((await pairs()).some((pair) => [pair.post_id, pair.other_id].includes(a.post_id))).toBe(false)
  })
})
