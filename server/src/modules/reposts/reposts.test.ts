import type { HomePost, PostId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

type One = { post_id: PostId }
const params = ({ post_id }: One) => ({ params: { post_id } })
const repost = (by: Person, post: One) => by.api.reposts.repost(params(post))
const undo = (by: Person, post: One) => by.api.reposts.undo(params(post))
/** A home feed as ids, each with the names it is there through. */
async function home(of: Person): Promise<[PostId, string[] | undefined][]> {
  const { items } = await of.api.feed.home({ query: { sort: 'chronological' } })
  return items.map((post: HomePost) => [post.post_id, post.reposted_by?.map(({ username }) => username)])
}
const tab = async (of: Person, by: Person = of) =>
  (await by.api.reposts.ofMember({ params: { username: of.username } })).items.map(({ post_id }) => post_id)
const told = async (of: Person) =>
  (await of.notifications()).flatMap(({ type, others_count }) => (type === 'repost' ? [others_count] : []))
const refused = { code: 'repost_refused' }
const notFound = { code: 'not_found' }

/** An author with a post, and a follower of the others who does not follow the author. */
async function scene(...names: string[]) {
  const [author, reader, ...sharers] = await system.people(...names)
  if (!author || !reader) throw new Error('two at least')
  for (const one of sharers) await reader.follow(one)
  await home(reader)
  const post = await author.share({ caption: 'worth a look' })
  await system.settle()
  return { author, reader, sharers: sharers as [Person, Person], post }
}

describe('a post that is passed on', () => {
  test('is in the feeds of the followers once, by whom it comes, until the last takes it back', async () => {
    const { author, reader, sharers, post } = await scene('abe', 'bea', 'cas', 'dan')
    const [one, other] = sharers
    expect(await home(reader)).toEqual([])
    for (const _ of [1, 2]) expect(await repost(one, post)).toEqual({ reposted: true, reposts_count: 1 })
    await system.settle()
    expect(await home(reader)).toEqual([[post.post_id, ['cas']]])
    expect(await repost(other, post)).toEqual({ reposted: true, reposts_count: 2 })
    await system.settle()
    expect(await home(reader)).toEqual([[post.post_id, ['dan', 'cas']]])
    expect(await told(author)).toEqual([1])
    for (const who of [one, reader]) expect(await tab(one, who)).toEqual([post.post_id])
    // Nobody's own list of posts has it, and who passed it on does not meet it anew.
    expect((await reader.api.feed.user({ params: one })).items).toEqual([])
    expect(await home(one)).toEqual([])

    // Lost, and made anew.
    await system.system.rebuilds.find(({ name }) => name === 'timelines')?.run(new AbortController().signal)
    expect(await home(reader)).toEqual([[post.post_id, ['dan', 'cas']]])

    expect(await undo(other, post)).toEqual({ reposted: false, reposts_count: 1 })
    expect(await home(reader)).toEqual([[post.post_id, ['cas']]])
    await system.settle()
    expect(await told(author)).toEqual([0])
    await undo(one, post)
    // At once, before anything is taken from anywhere.
    expect(await home(reader)).toEqual([])
    await system.settle()
    expect(await told(author)).toEqual([])
    expect(await tab(one)).toEqual([])
    await repost(one, post)
    expect((await home(reader)).length).toBe(1)
  })

  test('counts as a share, three times a like', async () => {
    const { author, reader, sharers, post } = await scene('eva', 'fin', 'gus', 'hal')
    await reader.follow(author)
    const liked = await author.share()
    await system.settle()
    for (const one of sharers) await one.like(liked)
    await repost(sharers[0], post)
    await system.settle()
    system.clock.advance(60_000)
    const { items } = await reader.api.feed.home()
    expect(items.map(({ post_id }) => post_id)).toEqual([post.post_id, liked.post_id])
    // It is there for its author, whom one follows.
    expect(items[0]?.reposted_by).toBeUndefined()
    const why = await reader.api.feed.why(params(post))
    expect(why).toMatchObject({ likes_count: 0, reposts_count: 1 })
    expect(why.points.popularity).toBe(3)
    // Unfollowed, it goes on being there for who passed it on.
    await reader.unfollow(author)
    await system.settle()
    expect(await home(reader)).toEqual([[post.post_id, ['gus']]])
  })

  test('comes with following who passed it on, and goes with that', async () => {
    const { author, reader, post } = await scene('ida', 'jon')
    const [late] = (await system.people('kim')) as [Person]
    await repost(late, post)
    await reader.follow(late)
    await system.settle()
    expect(await home(reader)).toEqual([[post.post_id, ['kim']]])
    await reader.api.reposts.mute({ params: late })
    expect(await home(reader)).toEqual([])
    const settings = await reader.api.reposts.settings()
    expect(settings.muted.map(({ username }) => username)).toEqual(['kim'])
    await reader.api.reposts.unmute({ params: late })
    expect(await home(reader)).toHaveLength(1)
    for (const muted of [late, author]) {
      await reader.api.graph.mute({ params: muted })
      expect(await home(reader)).toEqual([])
      await reader.api.graph.unmute({ params: muted })
    }
    await reader.unfollow(late)
    expect(await home(reader)).toEqual([])
  })
})

describe('what cannot be passed on', () => {
  test('is one’s own, a private account’s, and what its author does not want passed on', async () => {
    const { author, reader, sharers, post } = await scene('lea', 'max', 'nia')
    const [one] = sharers
    await expect(repost(author, post)).rejects.toMatchObject({ code: 'cannot_target_self' })
    expect(await author.api.reposts.get(params(post))).toMatchObject({ allowed: false })
    await repost(one, post)
    await system.settle()
    expect(await home(reader)).toHaveLength(1)
    await author.api.reposts.changeSettings({ body: { allowed: false } })
    await expect(repost(reader, post)).rejects.toMatchObject(refused)
    expect(await home(reader)).toEqual([])
    expect(await tab(one)).toEqual([])
    await author.api.reposts.changeSettings({ body: { allowed: true } })
    expect(await home(reader)).toHaveLength(1)

    await one.follow(author)
    await author.goPrivate()
    expect(await one.api.reposts.get(params(post))).toEqual({
      reposted: true,
      reposts_count: 1,
      allowed: false,
    })
    // Who sees it may not pass it on; who does not, is told of nothing.
    await undo(one, post)
    await expect(repost(one, post)).rejects.toMatchObject(refused)
    await expect(repost(reader, post)).rejects.toMatchObject(notFound)
    await expect(undo(reader, post)).rejects.toMatchObject(notFound)
  })

  test('vanishes at once when it is private, archived, removed or deleted', async () => {
    const { author, reader, sharers, post } = await scene('oda', 'pim', 'quy')
    const [one] = sharers
    await repost(one, post)
    await system.settle()
    const is = async (there: boolean) => {
      expect(await home(reader)).toHaveLength(there ? 1 : 0)
      expect(await tab(one, reader)).toHaveLength(there ? 1 : 0)
    }
    await is(true)
    await author.goPrivate()
    await is(false)
    await author.goPublic()
    await is(true)
    await author.api.postShelf.archive(params(post))
    await is(false)
    await author.api.postShelf.restore(params(post))
    await is(true)
    await author.block(reader)
    await is(false)
    await author.api.graph.unblock({ params: reader })
    await is(true)
    // A block between the two who made and passed it on ends it for good.
    await one.block(author)
    await is(false)
    await system.settle()
    await one.api.graph.unblock({ params: author })
    await is(false)
    await repost(one, post)
    await author.api.posts.delete(params(post))
    await is(false)
    await system.settle()
    await expect(undo(one, post)).rejects.toMatchObject(notFound)
  })

  test('is not shown through somebody who does not see it any more, or whom the reader does not', async () => {
    const { author, reader, sharers, post } = await scene('ria', 'sam', 'tom')
    const [one] = sharers
    await reader.follow(author)
    await repost(one, post)
    await reader.unfollow(author)
    await system.settle()
    expect(await home(reader)).toHaveLength(1)
    await one.goPrivate()
    expect(await home(reader)).toHaveLength(1)
    const [stranger] = (await system.people('uma')) as [Person]
    await expect(tab(one, stranger)).rejects.toMatchObject(notFound)
    await reader.block(one)
    expect(await home(reader)).toEqual([])
  })
})

describe('somebody with very many followers', () => {
  test('passes on without a push: followers pull it, until it is taken back', async () => {
    await using small = await startSystem({ env: { CELEBRITY_FOLLOWERS: '2' } })
    const [author, reader, star, ...fans] = await small.people('una', 'vic', 'wes', 'xia', 'yan')
    for (const fan of [reader, ...fans]) await fan.follow(star)
    await home(reader)
    await small.settle()
    const [first, second] = [await author.share({ caption: 'one' }), await author.share({ caption: 'two' })]
    await small.settle()
    for (const post of [first, second]) await repost(star, post)
    await small.settle()
    expect(await small.timelineOf(reader)).toEqual([])
    expect(await home(reader)).toEqual([
      [second.post_id, ['wes']],
      [first.post_id, ['wes']],
    ])
    // A page at a time, too.
    const query = { sort: 'chronological', limit: 1 } as const
    const top = await reader.api.feed.home({ query })
    const rest = await reader.api.feed.home({ query: { ...query, cursor: top.next_cursor ?? '' } })
    expect([...top.items, ...rest.items].map(({ post_id }) => post_id)).toEqual([
      second.post_id,
      first.post_id,
    ])
    await undo(star, second)
    await small.settle()
    expect(await home(reader)).toEqual([[first.post_id, ['wes']]])
    await reader.api.graph.unfollow({ params: star })
    await small.settle()
    expect(await home(reader)).toEqual([])
  })
})

test('passing on and taking back spend one allowance', async () => {
  const { sharers, post } = await scene('zoe', 'abi', 'bo1', 'cy1')
  const tight = await startSystem({ beside: system, env: { RATE_LIMIT_MULTIPLIER: '0.04' } })
  const [one] = sharers
  const ask = (method: 'POST' | 'DELETE') =>
    fetch(`${tight.baseUrl}/api/v1/posts/${post.post_id}/repost`, {
      method,
      headers: { authorization: `Bearer ${one.session.access_token}` },
    }).then(({ status }) => status)
  const statuses = []
  for (const method of ['POST', 'DELETE', 'POST', 'DELETE', 'POST'] as const) statuses.push(await ask(method))
  await tight[Symbol.asyncDispose]()
  expect(statuses).toEqual([200, 200, 200, 200, 429])
})
