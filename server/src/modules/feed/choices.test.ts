import { feedLimits, type PostId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const share = async (author: Person, caption = ''): Promise<PostId> => {
  const { post_id } = await author.share({ caption })
  system.clock.advance(1000)
  await system.settle()
  return post_id
}
const home = async (person: Person) => (await person.api.feed.home({ query: { limit: 50 } })).items
const idsOf = (posts: readonly { post_id: PostId }[]) => posts.map((post) => post.post_id)

test('favourites have a feed of their own; whoever blocks or is muted leaves it at once', async () => {
  const [mia, ana, ben, cleo] = await system.people('mia', 'ana', 'ben', 'cleo')
  const posts = { ana: await share(ana), ben: await share(ben), cleo: await share(cleo) }
  for (const one of [ana, ben]) await mia.api.feed.addFavourite({ params: one })
  await mia.api.feed.addFavourite({ params: ben })
  const favourites = async () => idsOf((await mia.api.feed.home({ query: { sort: 'favourites' } })).items)
  expect(await favourites()).toEqual([posts.ben, posts.ana])
  expect((await mia.api.feed.favourites()).map((user) => user.username)).toEqual(['ben', 'ana'])
  await ana.block(mia)
  expect(await favourites()).toEqual([posts.ben])
  expect((await mia.api.feed.favourites()).map((user) => user.username)).toEqual(['ben'])
  await mia.api.graph.mute({ params: ben })
  expect(await favourites()).toEqual([])
  await mia.api.feed.removeFavourite({ params: ben })
  expect(await mia.api.feed.favourites()).toEqual([])
  await expect(mia.api.feed.addFavourite({ params: mia })).rejects.toMatchObject({
    code: 'cannot_target_self',
  })
  await expect(mia.api.feed.addFavourite({ params: ana })).rejects.toMatchObject({ code: 'not_found' })
})

describe('a followed hashtag', () => {
  test('brings its public posts, marked, before and after it is followed; and takes them along', async () => {
    const [kim, lea, max, pia] = await system.people('kim', 'lea', 'max', 'pia')
    await kim.follow(lea)
    await pia.goPrivate()
    expect(await home(kim)).toEqual([])
    const before = await share(max, 'up early #Harbour')
    await kim.api.feed.followTag({ params: { tag: 'harbour' } })
    await kim.api.feed.followTag({ params: { tag: '#HARBOUR' } })
    await system.settle()
    const after = await share(max, '#harbour again')
    const byFriend = await share(lea, '#harbour')
    await share(pia, '#harbour')
    await share(max, '#elsewhere')
    const seen = await home(kim)
    expect(idsOf(seen).sort()).toEqual([before, after, byFriend].sort())
    expect(new Map(seen.map((post) => [post.post_id, post.hashtag]))).toEqual(
      new Map([
        [before, 'harbour'],
        [after, 'harbour'],
        [byFriend, undefined],
      ]),
    )
    expect((await kim.home()).toSorted()).toEqual(idsOf(seen).toSorted())
    expect(await kim.api.feed.followedTags()).toEqual([{ tag: 'harbour' }])
    // Lost, and made anew.
    await system.system.rebuilds.find(({ name }) => name === 'timelines')?.run(new AbortController().signal)
    expect((await kim.home()).toSorted()).toEqual(idsOf(seen).toSorted())
    await kim.api.graph.mute({ params: max })
    expect(await kim.home()).toEqual([byFriend])
    await kim.api.graph.unmute({ params: max })
    await kim.api.feed.unfollowTag({ params: { tag: 'harbour' } })
    expect(await kim.home()).toEqual([byFriend])
    for (let n = 0; n < feedLimits.hashtags; n++) await kim.api.feed.followTag({ params: { tag: `t${n}` } })
    await expect(kim.api.feed.followTag({ params: { tag: 'one.more' } })).rejects.toMatchObject({
      code: 'too_many_hashtags',
    })
  })
})

test('the ranking is what a member makes of it, within bounds, and says what a place comes of', async () => {
  const [ray, liked, near] = await system.people('ray', 'liked', 'near')
  for (const one of [liked, near]) await ray.follow(one)
  await system.settle()
  const [loved, dear] = [await share(liked), await share(near)]
  for (const fan of await system.people('fay', 'gil', 'hal')) await fan.like({ post_id: loved })
  await ray.like({ post_id: dear })
  await ray.save({ post_id: dear })
  await system.settle()
  system.clock.advance(60_000)
  const first = async () => idsOf(await home(ray))[0]
  expect(await first()).toBe(loved)
  expect(await ray.api.feed.weights()).toEqual({ popularity: 100, affinity: 100, recency: 100 })
  const why = async () => ray.api.feed.why({ params: { post_id: dear } })
  const usual = await why()
  expect(usual).toMatchObject({ hashtag: null, likes_count: 1, comments_count: 0, interactions: 3 })
  expect(usual.points.popularity).toBe(1)
  expect(usual.points.affinity).toBeCloseTo((5 * 3) / 8)
  await ray.api.feed.changeWeights({ body: { popularity: 25, affinity: 400, recency: 100 } })
  await system.settle()
  expect(await first()).toBe(dear)
  expect((await why()).points.affinity).toBeCloseTo(4 * usual.points.affinity)
  const body = { popularity: 0, affinity: 100, recency: 100 }
  await expect(ray.api.feed.changeWeights({ body })).rejects.toMatchObject({ code: 'validation_failed' })
})

test('a snooze ends by itself after thirty days; what was said last holds', async () => {
  const [ida, jon, kai] = await system.people('ida', 'jon', 'kai')
  for (const one of [jon, kai]) await ida.follow(one)
  await system.settle()
  const posts = [await share(jon), await share(kai)]
  for (const one of [jon, kai]) expect((await ida.api.graph.snooze({ params: one })).muting).toBe(true)
  await ida.api.graph.mute({ params: kai })
  expect(await ida.home()).toEqual([])
  const pass = async (days: number) => {
    system.clock.advance(days * 86_400_000)
    await system.system.schedules
      .find(({ name }) => name === 'graph.snoozes')
      ?.run(new AbortController().signal)
    await ida.logIn()
  }
  await pass(29)
  expect(await ida.home()).toEqual([])
  await pass(2)
  expect(await ida.home()).toEqual([posts[0]])
})
