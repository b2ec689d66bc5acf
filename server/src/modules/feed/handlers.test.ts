import type { PostId } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem({ env: { CELEBRITY_FOLLOWERS: '3', TIMELINE_KEPT: '50' } })
})
afterAll(() => system[Symbol.asyncDispose]())

/** Several posts in order, published; ids oldest first. */
async function shareSome(author: Person, count: number): Promise<PostId[]> {
  const ids: PostId[] = []
  for (let n = 0; n < count; n++) {
    ids.push((await author.share({ caption: `${author.username} ${n}` })).post_id)
    system.clock.advance(1000)
  }
  await system.settle()
  return ids
}

async function allPages(
  person: Person,
  sort: 'ranked' | 'chronological',
  limit: number,
  between?: () => Promise<unknown>,
): Promise<PostId[]> {
  const seen: PostId[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await person.api.feed.home({ query: { sort, limit, cursor } })
    seen.push(...page.items.map((post) => post.post_id))
    if (page.next_cursor === null) return seen
    expect(page.items).toHaveLength(limit)
    cursor = page.next_cursor
    await between?.()
  }
}

describe('home', () => {
  test('shows posts of those one follows and one’s own, newest first; nobody else’s', async () => {
    const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
    await ana.follow(ben)
    const [first] = await shareSome(ben, 1)
    const [own] = await shareSome(ana, 1)
    await shareSome(cleo, 1)
    expect(await ana.home()).toEqual([own, first])
    expect((await ana.home('ranked')).toSorted()).toEqual([first, own].toSorted())
  })

  test('a new follow fills in what was posted before', async () => {
    const [dan, eve] = await system.people('dan', 'eve')
    expect(await dan.home()).toEqual([])
    const posts = await shareSome(eve, 3)
    await dan.follow(eve)
    await system.settle()
    expect(await dan.home()).toEqual(posts.toReversed())
  })

  test('unfollow, mute, block, deletion and going private hold at once', async () => {
    const [fay, gus, hal, ida, jon] = await system.people('fay', 'gus', 'hal', 'ida', 'jon')
    for (const author of [gus, hal, ida, jon]) await fay.follow(author)
    await system.settle()
    for (const author of [gus, hal, ida]) await shareSome(author, 1)
    const [kept, deleted] = await shareSome(jon, 2)
    expect(await fay.home()).toHaveLength(5)
    await fay.unfollow(gus)
    await fay.api.graph.mute({ params: { username: hal.username } })
    await ida.block(fay)
    await jon.delete({ post_id: deleted as PostId })
    expect(await fay.home()).toEqual([kept])
    expect(await fay.home('ranked')).toEqual([kept])
  })

  test('pages neither repeat nor miss a post while new ones arrive', async () => {
    const [kim, lea] = await system.people('kim', 'lea')
    await kim.follow(lea)
    await system.settle()
    const posts = await shareSome(lea, 12)
    const arrive = () => shareSome(lea, 1)
    expect(await allPages(kim, 'chronological', 5, arrive)).toEqual(posts.toReversed())
    const all = await kim.home()
    const ranked = await allPages(kim, 'ranked', 5, arrive)
    expect(ranked.toSorted()).toEqual(all.toSorted())
  })

  test('an author with many followers is pulled, and stands in the same order as the rest', async () => {
    const [max, star, pal, ...fans] = await system.people(
      'max',
      'star',
      'pal',
      'fan1',
      'fan2',
      'fan3',
      'fan4',
    )
    for (const fan of [max, ...fans]) await fan.follow(star)
    await max.follow(pal)
    await system.settle()
    const one = await shareSome(star, 2)
    const two = await shareSome(pal, 2)
    const three = await shareSome(star, 2)
    expect(await max.home()).toEqual([...one, ...two, ...three].toReversed())
    expect(await system.timelineOf(max)).toEqual(two.toReversed())
    await max.unfollow(star)
    expect(await max.home()).toEqual(two.toReversed())
  })

  test('a member who was away gets no fan-out, and everything on their return', async () => {
    const [nia, oli] = await system.people('nia', 'oli')
    await nia.follow(oli)
    await system.settle()
    const before = await shareSome(oli, 1)
    expect(await nia.home()).toEqual(before)
    system.clock.advance(31 * 86_400_000)
    await Promise.all([nia.logIn(), oli.logIn()])
    const after = await shareSome(oli, 2)
    expect(await system.timelineOf(nia)).toEqual(before)
    expect(await nia.home()).toEqual([...before, ...after].toReversed())
    expect(await system.timelineOf(nia)).toEqual([...before, ...after].toReversed())
  })

  test('reads on past what a timeline keeps, and rebuilds one that was lost', async () => {
    const [pia, quin] = await system.people('pia', 'quin')
    await pia.follow(quin)
    const picture = await photo(1, { width: 32, height: 32 })
    const posts: PostId[] = []
    for (let n = 0; n < 60; n++) {
      posts.push((await quin.share({ photos: [picture] })).post_id)
      system.clock.advance(1000)
    }
    await system.settle()
    expect(await allPages(pia, 'chronological', 7)).toEqual(posts.toReversed())
    expect(await system.timelineOf(pia)).toHaveLength(50)
    await system.engines.timelineStore.clear([pia.id])
    await system.engines.cache.clear()
    expect(await allPages(pia, 'chronological', 50)).toEqual(posts.toReversed())
  })

  test('ranks what is liked and near above what is merely new', async () => {
    const [rae, sam, tom, uma] = await system.people('rae', 'sam', 'tom', 'uma')
    for (const author of [sam, tom]) await rae.follow(author)
    const [liked] = await shareSome(sam, 1)
    const [plain] = await shareSome(tom, 1)
    for (const person of [rae, tom, uma]) await person.like({ post_id: liked as PostId })
    await system.settle()
    expect(await rae.home('ranked')).toEqual([liked, plain])
    expect(await rae.home('chronological')).toEqual([plain, liked])
  })

  test('refuses a visitor, a forged cursor, and a cursor of another list', async () => {
    const [vic] = await system.people('vic')
    await expect(system.visitor().api.feed.home()).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(vic.api.feed.home({ query: { cursor: 'nonsense' } })).rejects.toMatchObject({
      code: 'bad_cursor',
    })
    await shareSome(vic, 2)
    const page = await vic.api.feed.home({ query: { sort: 'chronological', limit: 1 } })
    const cursor = page.next_cursor ?? ''
    await expect(vic.api.feed.home({ query: { cursor, sort: 'ranked' } })).rejects.toMatchObject({
      code: 'bad_cursor',
    })
  })
})
