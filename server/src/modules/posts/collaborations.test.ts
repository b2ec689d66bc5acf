import type { Post, PostId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const notFound = { code: 'not_found' }
type One = { post_id: PostId }
const params = ({ post_id }: One) => ({ params: { post_id } })
const invite = (by: Person, post: One, { username }: Person) =>
  by.api.collaborators.invite({ params: { post_id: post.post_id, username } })
const remove = (by: Person, post: One, { username }: Person) =>
  by.api.collaborators.remove({ params: { post_id: post.post_id, username } })
const accept = (by: Person, post: One) => by.api.collaborators.accept(params(post))
const leave = (by: Person, post: One) => by.api.collaborators.leave(params(post))
const pending = async (of: Person) =>
  (await of.api.collaborators.pending()).items.map(({ post_id }) => post_id)
const namesOn = async (by: Person, post: One) =>
  (await by.post(post.post_id)).collaborators?.map(({ username }) => username) ?? []
const profile = async (of: Person, by: Person = of) =>
  (await by.api.feed.user({ params: { username: of.username } })).items.map(({ post_id }) => post_id)
const told = async (of: Person) =>
  (await of.notifications()).map(({ type }) => type).filter((type) => type.startsWith('collaboration'))

/** A post of ana's that ben is an author of too, once all has settled. */
async function together(ana: Person, ben: Person, rest: Parameters<Person['share']>[0] = {}): Promise<Post> {
  const post = await ana.share({ ...rest, collaborators: [ben.username] })
  await system.settle()
  await accept(ben, post)
  await system.settle()
  return ana.post(post.post_id)
}

describe('a post of two', () => {
  test('is one that both agreed to: on both profiles, in the feeds of both, once', async () => {
    const [ana, ben, cleo, dora, emil] = await system.people('ana', 'ben', 'cleo', 'dora', 'emil')
    await cleo.follow(ana)
    await dora.follow(ben)
    for (const one of [ana, ben]) await emil.follow(one)
    for (const one of [ana, ben, cleo, dora, emil]) await one.home()
    const post = await ana.share({ collaborators: [ben.username], caption: 'ours' })
    await system.settle()
    expect(await told(ben)).toEqual(['collaboration_invite'])
    expect(await pending(ben)).toEqual([post.post_id])
    expect((await ben.post(post.post_id)).viewer.invited).toBe(true)
    expect((await ana.api.collaborators.list(params(post))).map(({ pending }) => pending)).toEqual([true])
    // Nobody else knows yet.
    for (const one of [cleo, dora]) {
      expect(await namesOn(one, post)).toEqual([])
      expect(await one.api.collaborators.list(params(post))).toEqual([])
    }
    expect(await dora.home()).toEqual([])
    expect(await profile(ben)).toEqual([])

    for (const _ of [1, 2]) await accept(ben, post)
    await system.settle()
    for (const one of [ana, ben, cleo, dora, emil]) {
      expect(await one.home()).toEqual([post.post_id])
      expect(await one.home('ranked')).toEqual([post.post_id])
      expect(await namesOn(one, post)).toEqual([ben.username])
    }
    for (const one of [ana, ben]) {
      expect(await profile(one, dora)).toEqual([post.post_id])
      expect((await dora.profile(one)).posts_count).toBe(1)
    }
    expect(await told(ana)).toEqual(['collaboration_accepted'])
    expect(await told(ben)).toEqual([])
    expect(await pending(ben)).toEqual([])
    await dora.like(post)
    await system.settle()
    expect((await cleo.post(post.post_id)).likes_count).toBe(1)
    // What its owner alone may is not the other's.
    await expect(ben.delete(post)).rejects.toMatchObject(notFound)
    await expect(ben.api.posts.edit({ ...params(post), body: { caption: 'mine' } })).rejects.toMatchObject(
      notFound,
    )

    // Made anew, feeds are the same.
    const rebuild = async (name: string) => {
      await system.system.rebuilds.find((one) => one.name === name)?.run(new AbortController().signal)
    }
    await rebuild('timelines')
    await rebuild('post-counts')
    for (const one of [ana, ben, cleo, dora, emil]) expect(await one.home()).toEqual([post.post_id])
    expect((await dora.profile(ben)).posts_count).toBe(1)
  })

  test('is declined for good; who is no author any more has it nowhere, and others keep it', async () => {
    const [ana, ben, dora, emil] = await system.people('l.ana', 'l.ben', 'l.dora', 'l.emil')
    await dora.follow(ben)
    for (const one of [ana, ben]) await emil.follow(one)
    for (const one of [dora, emil]) await one.home()
    const declined = await ana.share({ collaborators: [ben.username] })
    await system.settle()
    await leave(ben, declined)
    await system.settle()
    expect(await told(ben)).toEqual([])
    await invite(ana, declined, ben)
    await system.settle()
    expect(await told(ben)).toEqual([])
    await expect(accept(ben, declined)).rejects.toMatchObject(notFound)

    const left = await together(ana, ben)
    expect(await dora.home()).toEqual([left.post_id])
    await leave(ben, left)
    await system.settle()
    expect(await dora.home()).toEqual([])
    expect(await emil.home()).toEqual([left.post_id, declined.post_id])
    expect(await ana.home()).toEqual([left.post_id, declined.post_id])
    expect(await profile(ben, dora)).toEqual([])
    expect((await dora.profile(ben)).posts_count).toBe(0)
    expect(await namesOn(dora, left)).toEqual([])
    expect(await told(ana)).toEqual([])

    const removed = await together(ana, ben)
    await remove(ana, removed, ben)
    await system.settle()
    expect(await dora.home()).toEqual([])
    await invite(ana, removed, ben)
    await accept(ben, removed)
    await system.settle()
    expect(await dora.home()).toEqual([removed.post_id])
  })

  test('goes on standing for the one whom a member still follows, and is gone with both', async () => {
    const [ana, ben, emil] = await system.people('u.ana', 'u.ben', 'u.emil')
    for (const one of [ana, ben]) await emil.follow(one)
    await emil.home()
    const post = await together(ana, ben)
    await emil.unfollow(ana)
    expect(await emil.home()).toEqual([post.post_id])
    await system.settle()
    expect(await emil.home()).toEqual([post.post_id])
    await emil.unfollow(ben)
    await system.settle()
    expect(await emil.home()).toEqual([])
    await emil.follow(ben)
    await system.settle()
    expect(await emil.home()).toEqual([post.post_id])
  })

  test('is archived, restored and deleted for both', async () => {
    const [ana, ben, dora] = await system.people('a.ana', 'a.ben', 'a.dora')
    await dora.follow(ben)
    await dora.home()
    const post = await together(ana, ben)
    await ana.api.postShelf.archive(params(post))
    await system.settle()
    expect(await profile(ben)).toEqual([])
    expect((await ben.api.postShelf.archived()).items).toEqual([])
    expect((await dora.profile(ben)).posts_count).toBe(0)
    await expect(ben.post(post.post_id)).rejects.toMatchObject(notFound)
    await ana.api.postShelf.restore(params(post))
    await system.settle()
    expect(await profile(ben)).toEqual([post.post_id])
    expect((await dora.profile(ben)).posts_count).toBe(1)
    expect(await dora.home()).toEqual([post.post_id])
    await ana.delete(post)
    await system.settle()
    expect([await profile(ben), await dora.home()]).toEqual([[], []])
    expect((await dora.profile(ben)).posts_count).toBe(0)
    const { rows } = await sql`
      select from collaborations where post_id = ${post.post_id}
      union all select from author_posts where post_id = ${post.post_id}`.execute(system.engines.db.query)
    expect(rows).toEqual([])
  })

  test('has five others at most, however many are asked at once, and nobody whom its author does not see', async () => {
    const [ana, ...others] = await system.people('m.ana', 'm.b', 'm.c', 'm.d', 'm.e', 'm.f', 'm.g')
    const post = await ana.share({ collaborators: others.slice(0, 4).map(({ username }) => username) })
    await system.settle()
    const outcomes = await Promise.allSettled(others.slice(4).map((one) => invite(ana, post, one)))
    expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual([
      'too_many_collaborators',
    ])
    const names = others.map(({ username }) => username)
    await expect(ana.share({ collaborators: names })).rejects.toMatchObject({ code: 'validation_failed' })
    for (const collaborators of [['nobody.there'], ['m.ana']])
      await expect(ana.share({ collaborators })).rejects.toMatchObject({ code: 'collaborator_not_found' })
    const [blocks] = await system.people('m.blocks')
    await blocks.block(ana)
    await expect(ana.share({ collaborators: ['m.blocks'] })).rejects.toMatchObject({
      code: 'collaborator_not_found',
    })
    await expect(invite(ana, post, blocks)).rejects.toMatchObject(notFound)
    await expect(invite(ana, post, ana)).rejects.toMatchObject({ code: 'cannot_target_self' })
    const [first, second] = others
    await expect(invite(first, post, second)).rejects.toMatchObject(notFound)
    await expect(remove(first, post, second)).rejects.toMatchObject(notFound)
  })

  test('names one member once, who goes by two names for a while', async () => {
    const [ana, ben] = await system.people('r.ana', 'r.ben')
    await ben.api.members.update({ body: { username: 'r.benjamin' } })
    const post = await ana.share({ collaborators: ['r.ben', 'R.Benjamin'] })
    await system.settle()
    expect((await ana.api.collaborators.list(params(post))).map(({ user }) => user.username)).toEqual([
      'r.benjamin',
    ])
  })

  test('stays with those who follow one of its hashtags when one of its authors leaves', async () => {
    const [ana, ben, gus] = await system.people('t.ana', 't.ben', 't.gus')
    await gus.api.feed.followTag({ params: { tag: 'madetogether' } })
    await gus.home()
    const post = await together(ana, ben, { caption: '#madetogether' })
    await leave(ben, post)
    // What they follow changes, so their feed is read anew.
    await gus.api.feed.followTag({ params: { tag: 'somethingelse' } })
    await system.settle()
    expect(await gus.home()).toEqual([post.post_id])
  })
})

describe('who sees it', () => {
  test('is whoever may see its owner’s: the other’s account opens nothing', async () => {
    const [ana, ben, dora] = await system.people('p.ana', 'p.ben', 'p.dora')
    await ben.follow(ana)
    await dora.follow(ben)
    await dora.home()
    const post = await together(ana, ben)
    expect(await dora.home()).toEqual([post.post_id])
    await ana.goPrivate()
    expect([await dora.home(), await profile(ben, dora)]).toEqual([[], []])
    await expect(dora.post(post.post_id)).rejects.toMatchObject(notFound)
    await expect(dora.api.collaborators.list(params(post))).rejects.toMatchObject(notFound)
    expect(await ben.post(post.post_id)).toMatchObject({ post_id: post.post_id })
    await ana.goPublic()
    await ben.goPrivate()
    // They agreed to be named there, for everybody who sees it.
    const [stranger] = await system.people('p.stranger')
    expect(await namesOn(stranger, post)).toEqual([ben.username])
    await expect(profile(ben, stranger)).rejects.toMatchObject(notFound)
  })

  test('who sees it no more can take their name off it all the same, and is not counted as asked', async () => {
    const [ana, ben, cleo, dora] = await system.people('n.ana', 'n.ben', 'n.cleo', 'n.dora')
    await cleo.follow(ana)
    const post = await together(ana, ben)
    const asked = await ana.share({ collaborators: [dora.username] })
    await system.settle()
    const unread = async () => (await dora.api.members.me()).unread_notifications
    expect(await unread()).toBe(1)
    await ana.goPrivate()
    await system.settle()
    expect(await told(dora)).toEqual([])
    expect(await unread()).toBe(0)
    await expect(ben.post(post.post_id)).rejects.toMatchObject(notFound)
    await expect(accept(dora, asked)).rejects.toMatchObject(notFound)
    for (const one of [cleo, dora]) await expect(leave(one, post)).rejects.toMatchObject(notFound)
    await leave(ben, post)
    await leave(dora, asked)
    await system.settle()
    for (const one of [post, asked]) expect(await namesOn(cleo, one)).toEqual([])
    await expect(leave(ben, post)).rejects.toMatchObject(notFound)
    await ana.goPublic()
    expect([await profile(ben), await pending(dora)]).toEqual([[], []])
  })

  test('does not see the name of whom they do not see', async () => {
    const [ana, ben, cleo] = await system.people('h.ana', 'h.ben', 'h.cleo')
    const post = await together(ana, ben)
    await ben.block(cleo)
    expect(await namesOn(cleo, post)).toEqual([])
    expect(await cleo.api.collaborators.list(params(post))).toEqual([])
    expect(await namesOn(ben, post)).toEqual([ben.username])
  })

  test('changes when the two part: a block ends it, and so does leaving', async () => {
    const [ana, ben, dora] = await system.people('b.ana', 'b.ben', 'b.dora')
    await dora.follow(ben)
    await dora.home()
    const [first, asked] = [await together(ana, ben), await ana.share({ collaborators: [ben.username] })]
    await system.settle()
    await ben.block(ana)
    await system.settle()
    expect(await namesOn(dora, first)).toEqual([])
    expect([await dora.home(), await profile(ben, dora), await pending(ben)]).toEqual([[], [], []])
    await ben.api.graph.unblock({ params: ana })
    await expect(accept(ben, asked)).rejects.toMatchObject(notFound)

    const second = await together(ana, ben)
    await ben.leave()
    await system.settle()
    expect(await ana.post(second.post_id)).toMatchObject({ status: 'published' })
    expect(await namesOn(dora, second)).toEqual([])
    const [fay] = await system.people('b.fay')
    const third = await together(fay, dora)
    await fay.leave()
    await system.settle()
    expect(await profile(dora)).toEqual([])
    await expect(dora.post(third.post_id)).rejects.toMatchObject(notFound)
  })
})

test('followers of an author too popular to push have it once', async () => {
  await using small = await startSystem({ env: { CELEBRITY_FOLLOWERS: '1', TIMELINE_KEPT: '50' } })
  const [ana, ben, cleo, dora] = await small.people('ana', 'ben', 'cleo', 'dora')
  for (const fan of [cleo, dora]) for (const one of [ana, ben]) await fan.follow(one)
  const posts: PostId[] = []
  for (let n = 0; n < 5; n++) {
    const post = await ana.share({ collaborators: [ben.username] })
    await small.settle()
    await accept(ben, post)
    posts.unshift(post.post_id)
  }
  await small.settle()
  for (const one of [cleo, dora, ana, ben]) {
    const found: PostId[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await one.api.feed.home({
        query: { sort: 'chronological', limit: 2, ...(cursor ? { cursor } : {}) },
      })
      found.push(...page.items.map(({ post_id }) => post_id))
      cursor = page.next_cursor
    }
    expect(found).toEqual(posts)
  }
})
