import {
  type Comment,
  commentSubject,
  type EventType,
  events,
  type Notification,
  type Post,
  postSubject,
} from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { consumer, type Event } from '../../engines/event-log/port.ts'

let system: TestSystem
/** All that was told, to be told again. */
const told: Event[] = []
beforeAll(async () => {
  system = await startSystem()
  const handle = async (event: Event) => {
    told.push(event)
  }
  await system.engines.events.subscribe(
    consumer({ group: 'test.told', types: Object.keys(events) as EventType[], handle }),
  )
})
afterAll(() => system[Symbol.asyncDispose]())

async function shared(author: Person, caption = ''): Promise<Post> {
  const post = await author.share({ caption })
  await system.settle()
  return post
}
/** What a member was told, newest first: `ben: like`, or `ben +2: like` where two others did as well. */
async function news(person: Person): Promise<string[]> {
  await system.settle()
  return (await person.notifications()).map(({ actor, others_count, type }) => {
    return `${actor.username}${others_count > 0 ? ` +${others_count}` : ''}: ${type}`
  })
}
/** Changes of one instant have no order; these are a second apart. */
async function inTurn(...changes: (() => Promise<unknown>)[]): Promise<void> {
  for (const change of changes) {
    system.clock.advance(1000)
    await change()
  }
}
const unread = async (person: Person) => (await person.api.members.me()).unread_notifications

describe('one is not told', () => {
  test('of a comment that nobody sees since its writer is hidden from the author of the post', async () => {
    const [dee, eli, fay] = await system.people('odd.dee', 'odd.eli', 'odd.fay')
    const post = await shared(dee)
    await eli.comment(post, 'look, @odd.fay')
    expect([await news(fay), await unread(fay)]).toEqual([['odd.eli: mention'], 1])
    await dee.block(eli)
    expect([await news(fay), await unread(fay)]).toEqual([[], 0])
  })
})

describe('one is told', () => {
  test('of a like, with the picture, and not of one taken back', async () => {
    const [ana, ben, cai] = await system.people('ana', 'ben', 'cai')
    const post = await shared(ana)
    await inTurn(...[ana, ben, cai, ben].map((person) => () => person.like(post)))
    expect(await news(ana)).toEqual(['cai +1: like'])
    const [latest] = (await ana.notifications()) as [Notification]
    expect(latest).toMatchObject({
      subject: postSubject(post.post_id),
      address: `/p/${post.post_id}`,
      excerpt: null,
      read: false,
    })
    expect(latest.actor.viewer).toMatchObject({ following: false })
    const picture = await fetch(new URL(latest.thumbnail ?? '', system.baseUrl))
    expect(picture.headers.get('content-type')).toBe('image/webp')
    await cai.unlike(post)
    expect(await news(ana)).toEqual(['ben: like'])
    await inTurn(() => cai.like(post))
    expect(await news(ana)).toEqual(['cai +1: like'])
    expect(await unread(ana)).toBe(1)
  })

  test('once of what is done, taken back and done again', async () => {
    const [unna, vito, wido] = await system.people('unna', 'vito', 'wido')
    const post = await shared(unna)
    const remark = await unna.comment(post, 'mine')
    const comment = { params: { comment_id: remark.comment_id } }
    await inTurn(
      () => vito.like(post),
      () => vito.api.comments.like(comment),
      () => vito.follow(unna),
    )
    expect(await news(unna)).toEqual(['vito: follow', 'vito: comment_like', 'vito: like'])
    const before = await unna.notifications()
    await unna.api.notifications.markRead({ body: {} })
    await inTurn(
      () => vito.unlike(post),
      () => vito.api.comments.unlike(comment),
      () => vito.unfollow(unna),
    )
    expect(await news(unna)).toEqual([])
    await inTurn(
      () => wido.like(post),
      () => vito.like(post),
      () => vito.api.comments.like(comment),
      () => vito.follow(unna),
    )
    expect(await news(unna)).toEqual(['wido: like', 'vito: follow', 'vito: comment_like', 'vito: like'])
    expect(await unread(unna)).toBe(1)
    const again = (await unna.notifications()).slice(1)
    expect(again).toEqual(before.map((each) => ({ ...each, read: true })))
    // Long after, it is news.
    await vito.unlike(post)
    await system.settle()
    system.clock.advance(31 * 86_400_000)
    await Promise.all([unna.logIn(), vito.logIn()])
    await vito.like(post)
    expect((await news(unna))[0]).toBe('vito +1: like')
    expect(await unread(unna)).toBe(1)
  })

  test('of a mention as long as the caption has it', async () => {
    const [xeno, yuma] = await system.people('xeno', 'yuma')
    const post = await shared(xeno, 'with @yuma')
    expect(await news(yuma)).toEqual(['xeno: mention'])
    const edit = (caption: string) =>
      xeno.api.posts.edit({ params: { post_id: post.post_id }, body: { caption } })
    await edit('alone')
    expect(await news(yuma)).toEqual([])
    expect(await unread(yuma)).toBe(0)
    await edit('no, with @yuma')
    expect(await news(yuma)).toEqual(['xeno: mention'])
    await edit('with @yuma still')
    expect(await news(yuma)).toEqual(['xeno: mention'])
  })

  test('of a follow, a request and its acceptance; not of what was withdrawn', async () => {
    const [dan, eve, fay] = await system.people('dan', 'eve', 'fay')
    await dan.follow(eve)
    expect(await news(eve)).toEqual(['dan: follow'])
    await dan.unfollow(eve)
    expect(await news(eve)).toEqual([])
    await eve.goPrivate()
    await inTurn(
      () => dan.follow(eve),
      () => fay.follow(eve),
    )
    expect(await news(eve)).toEqual(['fay: follow_request', 'dan: follow_request'])
    await fay.unfollow(eve)
    await eve.accept(dan)
    expect(await news(eve)).toEqual([])
    expect(await news(dan)).toEqual(['eve: follow_accepted'])
    await fay.follow(eve)
    expect(await news(eve)).toEqual(['fay: follow_request'])
    await eve.api.graph.rejectRequest({ params: fay })
    expect(await news(eve)).toEqual([])
    expect(await news(fay)).toEqual([])
  })

  test('of comments, answers, mentions and likes of comments, once each', async () => {
    const [gus, hal, ida, jon] = await system.people('gus', 'hal', 'ida', 'jon')
    const post = await shared(gus, 'with @jon and @gus')
    expect(await news(jon)).toEqual(['gus: mention'])
    const top = await hal.comment(post, `${'so fine '.repeat(20)}@ida`)
    expect(await news(gus)).toEqual(['hal: comment'])
    expect(await news(ida)).toEqual(['hal: mention'])
    const [mention] = (await ida.notifications()) as [Notification]
    expect(mention).toMatchObject({ subject: commentSubject(post.post_id, top.comment_id) })
    expect([...(mention.excerpt ?? '')]).toHaveLength(140)
    system.clock.advance(1000)
    const reply = await ida.comment(post, 'thank you @hal @gus', top)
    expect(await news(hal)).toEqual(['ida: reply'])
    await inTurn(() => gus.api.comments.like({ params: reply }))
    expect(await news(ida)).toEqual(['gus: comment_like', 'hal: mention'])
    await gus.api.comments.unlike({ params: reply })
    expect(await news(ida)).toEqual(['hal: mention'])
    expect(await news(gus)).toEqual(['ida +1: comment'])
    await hal.api.comments.delete({ params: top })
    expect(await news(gus)).toEqual([])
    expect(await news(hal)).toEqual([])
    expect(await news(ida)).toEqual([])
    expect(await news(jon)).toEqual(['gus: mention'])
  })

  test('of a mention that an edit added', async () => {
    const [kim, lea] = await system.people('kim', 'lea')
    const post = await shared(kim, 'alone')
    await kim.api.posts.edit({ params: post, body: { caption: 'with @lea' } })
    expect(await news(lea)).toEqual(['kim: mention'])
  })
})

describe('one is not told', () => {
  test('of those one mutes or blocks, nor keeps what they did before the block', async () => {
    const [max, nia, oli] = await system.people('max', 'nia', 'oli')
    const post = await shared(max)
    await inTurn(
      () => nia.like(post),
      () => oli.like(post),
    )
    await max.follow(nia)
    expect(await news(max)).toEqual(['oli +1: like'])
    await max.api.graph.mute({ params: oli })
    await oli.comment(post, 'muted')
    expect(await news(max)).toEqual(['oli +1: like'])
    await max.block(nia)
    expect(await news(max)).toEqual(['oli: like'])
    expect(await news(nia)).toEqual([])
    expect(await unread(max)).toBe(1)
  })

  test('of what one may not see', async () => {
    const [pia, quin, rae] = await system.people('pia', 'quin', 'rae')
    await quin.follow(pia)
    await pia.goPrivate()
    const post = await shared(pia, 'with @quin and @rae')
    await quin.comment(post, 'hello @rae')
    expect(await news(quin)).toEqual(['pia: mention'])
    expect(await news(rae)).toEqual([])
    await pia.api.graph.removeFollower({ params: quin })
    expect(await news(quin)).toEqual([])
  })

  test('of what is gone: a post, an account', async () => {
    const [sam, tom, uma] = await system.people('sam', 'tom', 'uma')
    const [kept, gone] = [await shared(sam), await shared(sam, '@tom')]
    for (const post of [kept, gone])
      await inTurn(
        () => tom.comment(post, 'mine'),
        () => uma.like(post),
      )
    expect(await news(sam)).toEqual(['uma: like', 'tom: comment'])
    expect((await sam.notifications()).map((one) => one.things_count)).toEqual([2, 2])
    await sam.delete(gone)
    expect(await news(sam)).toEqual(['uma: like', 'tom: comment'])
    expect((await sam.notifications()).map((one) => one.things_count)).toEqual([1, 1])
    expect(await news(tom)).toEqual([])
    await tom.leave()
    expect(await news(sam)).toEqual(['uma: like'])
    expect(await unread(sam)).toBe(1)
  })
})

describe('the list', () => {
  let author: Person
  let fans: Person[]
  beforeAll(async () => {
    ;[author, ...fans] = await system.people('author', 'fan1', 'fan2', 'fan3', 'fan4')
    for (const fan of fans) {
      system.clock.advance(1000)
      await fan.like(await shared(author))
      await system.settle()
    }
  })

  test('comes in pages, and is marked read up to one of it', async () => {
    const first = await author.api.notifications.list({ query: { limit: 2 } })
    expect(first.items.map(({ actor }) => actor.username)).toEqual(['fan4', 'fan3'])
    const rest = await author.api.notifications.list({ query: { cursor: first.next_cursor ?? '' } })
    expect(rest.items.map(({ actor }) => actor.username)).toEqual(['fan2', 'fan1'])
    expect(rest.next_cursor).toBeNull()
    expect(await unread(author)).toBe(4)
    const body = { up_to: rest.items[0]?.notification_id }
    expect(await author.api.notifications.markRead({ body })).toEqual({ unread_count: 2 })
    const read = (await author.notifications()).map((entry) => entry.read)
    expect(read).toEqual([false, false, true, true])
    expect(await author.api.notifications.markRead({ body: {} })).toEqual({ unread_count: 0 })
    expect(await unread(author)).toBe(0)
  })

  test('stays as it is when all that was told is told again, in any order', async () => {
    await system.settle()
    const everyone = await Promise.all([author, ...fans].map((person) => person.notifications()))
    const found = system.system.consumers.find(({ group }) => group === 'notifications')
    if (!found || !('handleBatch' in found)) throw new Error('notifications come in batches')
    const { signal } = new AbortController()
    await found.handleBatch(told.toReversed(), signal)
    for (let at = 0; at < told.length; at += 7)
      await found.handleBatch([told[at] as Event, ...told.slice(at, at + 7)], signal)
    expect(await Promise.all([author, ...fans].map((person) => person.notifications()))).toEqual(everyone)
    expect(await unread(author)).toBe(0)
  })

  test('is nobody else’s', async () => {
    await expect(system.visitor().notifications()).rejects.toMatchObject({ code: 'unauthorized' })
    const [fan] = fans as [Person]
    await fan.api.notifications.markRead({ body: {} })
    expect(await news(fan)).toEqual([])
  })
})

test('open apps hear of it, until the session ends', async () => {
  const [vic, wes] = await system.people('vic', 'wes')
  const post = await shared(vic)
  const live = await Live.of(vic)
  const has = (type: string, data: object) =>
    vi.waitFor(() => expect(live.messages).toContainEqual(expect.objectContaining({ type, data })))
  const last = (data: object) =>
    vi.waitFor(() => expect(live.messages.at(-1)).toMatchObject({ type: 'notifications.unread', data }))
  await vic.follow(wes)
  await vic.home()
  const own = await shared(vic)
  await has('post.status', { post_id: own.post_id, status: 'published' })
  await shared(wes)
  await has('feed.new_posts', { count: 1 })
  const comment: Comment = await wes.comment(post, 'hello')
  await last({ count: 1 })
  await wes.api.comments.delete({ params: comment })
  await last({ count: 0 })
  await vic.api.accounts.logout()
  expect(await live.closed).toEqual({ code: 4401, reason: 'unauthorized' })
})
