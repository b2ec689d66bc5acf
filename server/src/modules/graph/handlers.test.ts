import type { Page, UserListEntry } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const notFound = { code: 'not_found' }
const names = (page: Page<UserListEntry>) => page.items.map((entry) => entry.username)
const followers = async (viewer: Person, of: Person, query = {}) =>
  names(await viewer.api.graph.followers({ params: of, query }))
const following = async (viewer: Person, of: Person, query = {}) =>
  names(await viewer.api.graph.following({ params: of, query }))
const requests = async (person: Person) => names(await person.api.graph.requests())
const counts = async (viewer: Person, of: Person) => {
  const { followers_count, following_count } = await viewer.profile(of)
  return [followers_count, following_count]
}

describe('following a public account', () => {
  test('holds at once, twice is once, and is counted', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    expect(await ana.follow(ben)).toMatchObject({ following: true, requested: false, followed_by: false })
    expect(await ana.follow(ben)).toMatchObject({ following: true })
    expect(await counts(ana, ben)).toEqual([1, 0])
    expect(await counts(ana, ana)).toEqual([0, 1])
    expect(await followers(ben, ben)).toEqual(['ana'])
    expect((await ben.profile(ana)).viewer).toMatchObject({ following: false, followed_by: true })
    await system.settle()
    expect(await counts(ben, ben)).toEqual([1, 0])
    expect(await ana.unfollow(ben)).toMatchObject({ following: false })
    expect(await ana.unfollow(ben)).toMatchObject({ following: false })
    await system.settle()
    expect(await counts(ben, ben)).toEqual([0, 0])
    expect(await followers(ben, ben)).toEqual([])
  })

  test('is not for oneself, nor for nobody, nor for visitors', async () => {
    const [cai] = await system.people('cai')
    await expect(cai.follow(cai)).rejects.toMatchObject({ code: 'cannot_target_self' })
    await expect(cai.api.graph.follow({ params: { username: 'no.body' } })).rejects.toMatchObject(notFound)
    await expect(system.visitor().follow(cai)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(cai.accept(cai)).rejects.toMatchObject(notFound)
  })

  test('a follower can be removed, and is not kept from coming back', async () => {
    const [dan, eve] = await system.people('dan', 'eve')
    await dan.follow(eve)
    expect(await eve.api.graph.removeFollower({ params: dan })).toMatchObject({ followed_by: false })
    expect(await followers(eve, eve)).toEqual([])
    expect((await dan.follow(eve)).following).toBe(true)
  })
})

describe('following a private account', () => {
  test('asks; accepted, rejected or taken back', async () => {
    const [fay, gus, hal, ida] = await system.people('fay', 'gus', 'hal', 'ida')
    await fay.goPrivate()
    for (const asker of [gus, hal, ida])
      expect(await asker.follow(fay)).toMatchObject({ following: false, requested: true })
    expect(await requests(fay)).toEqual(['ida', 'hal', 'gus'])
    expect((await fay.api.members.me()).follow_requests).toBe(3)
    expect((await fay.profile(gus)).viewer).toMatchObject({ requested_by: true })
    await fay.accept(gus)
    await fay.accept(gus)
    await fay.api.graph.rejectRequest({ params: hal })
    expect(await ida.unfollow(fay)).toMatchObject({ requested: false })
    expect(await requests(fay)).toEqual([])
    expect(await followers(fay, fay)).toEqual(['gus'])
    await expect(fay.accept(hal)).rejects.toMatchObject(notFound)
    await expect(fay.api.graph.rejectRequest({ params: ida })).rejects.toMatchObject(notFound)
    expect(await followers(gus, fay)).toEqual(['gus'])
    await expect(followers(hal, fay)).rejects.toMatchObject(notFound)
    expect(await hal.follow(fay)).toMatchObject({ requested: true })
  })

  test('going private keeps the followers; going public accepts who waits', async () => {
    const [jon, kim, lea] = await system.people('jon', 'kim', 'lea')
    await kim.follow(jon)
    await jon.goPrivate()
    await lea.follow(jon)
    expect(await followers(kim, jon)).toEqual(['kim'])
    await jon.goPublic()
    await system.settle()
    expect(await followers(kim, jon)).toEqual(['lea', 'kim'])
    expect(await requests(jon)).toEqual([])
    expect(await counts(jon, jon)).toEqual([2, 0])
  })

  test('a consumer finds nothing older than the fact it is told of, however late else the caches hear', async () => {
    const [mae, ned] = await system.people('mae', 'ned')
    await mae.goPrivate()
    await ned.follow(mae)
    await system.settle()
    const { cache, outbox } = system.engines
    outbox.onCommitted(async () => {})
    const late = vi.spyOn(cache, 'hear').mockResolvedValue()
    expect((await ned.profile(mae)).is_private).toBe(true)
    await mae.goPublic()
    await system.settle()
    late.mockRestore()
    outbox.onCommitted((facts) => cache.hear(facts))
    await cache.clear()
    expect(await followers(ned, mae)).toEqual(['ned'])
  })
})

describe('a block', () => {
  test('ends follows and requests both ways, and hides each from the other', async () => {
    const [max, nia, oli] = await system.people('max', 'nia', 'oli')
    await max.goPrivate()
    await max.follow(nia)
    await nia.follow(max)
    await oli.follow(max)
    await max.follow(oli)
    expect(await max.block(oli)).toMatchObject({ blocking: true, following: false, requested_by: false })
    await max.block(nia)
    expect(await max.block(nia)).toMatchObject({ blocking: true })
    await system.settle()
    expect(await counts(max, max)).toEqual([0, 0])
    await expect(nia.profile(max)).rejects.toMatchObject(notFound)
    for (const [one, other] of [
      [max, nia],
      [nia, max],
    ] as const) {
      await expect(one.follow(other)).rejects.toMatchObject(notFound)
      await expect(followers(one, other)).rejects.toMatchObject(notFound)
      await expect(one.api.graph.mute({ params: other })).rejects.toMatchObject(notFound)
    }
    await expect(nia.block(max)).rejects.toMatchObject(notFound)
    expect(names(await max.api.graph.blocked())).toEqual(['nia', 'oli'])
    expect(names(await nia.api.graph.blocked())).toEqual([])
  })

  test('leaves its maker the head of the profile, to take it back, unless they are blocked in turn', async () => {
    const [lena, moe, ned] = await system.people('lena', 'moe', 'ned')
    await moe.share()
    await lena.block(moe)
    expect(await lena.profile(moe)).toMatchObject({ can_view_content: false, viewer: { blocking: true } })
    await expect(lena.api.feed.user({ params: moe })).rejects.toMatchObject(notFound)
    await expect(followers(lena, moe)).rejects.toMatchObject(notFound)
    // Two at the same moment: once one stands, the other can no longer name them.
    const both = await Promise.allSettled([lena.block(ned), ned.block(lena)])
    const blockers = [lena, ned].filter((_, at) => both[at]?.status === 'fulfilled')
    const [first] = blockers
    for (const one of [lena, ned]) {
      const seen = one.profile(one === lena ? ned : lena)
      if (blockers.length === 1 && one === first) await expect(seen).resolves.toBeDefined()
      else await expect(seen).rejects.toMatchObject(notFound)
    }
  })

  test('hides each in the lists of others', async () => {
    const [pia, quin, rae, sam] = await system.people('pia', 'quin', 'rae', 'sam')
    for (const fan of [quin, rae, sam]) await fan.follow(pia)
    await quin.block(rae)
    expect(await followers(quin, pia)).toEqual(['sam', 'quin'])
    expect(await followers(rae, pia)).toEqual(['sam', 'rae'])
    expect(await followers(sam, pia)).toEqual(['sam', 'rae', 'quin'])
    expect(await followers(rae, pia, { limit: 1 })).toEqual(['sam'])
  })

  test('lifted brings nothing back', async () => {
    const [tom, uma] = await system.people('tom', 'uma')
    await tom.follow(uma)
    await uma.follow(tom)
    await tom.block(uma)
    expect(await tom.api.graph.unblock({ params: uma })).toMatchObject({ blocking: false, following: false })
    expect((await uma.profile(tom)).viewer).toMatchObject({ following: false, followed_by: false })
    expect((await uma.follow(tom)).following).toBe(true)
  })
})

test('a mute is known to its maker alone', async () => {
  const [vic, wes] = await system.people('vic', 'wes')
  expect(await vic.api.graph.mute({ params: wes })).toMatchObject({ muting: true })
  expect(names(await vic.api.graph.muted())).toEqual(['wes'])
  expect(names(await wes.api.graph.muted())).toEqual([])
  expect(await vic.api.graph.mute({ params: wes })).toMatchObject({ muting: true })
  expect((await wes.profile(vic)).viewer).toMatchObject({ muting: false, blocking: false })
  expect(await vic.api.graph.unmute({ params: wes })).toMatchObject({ muting: false })
  expect(names(await vic.api.graph.muted())).toEqual([])
})

describe('lists', () => {
  let star: Person
  let fans: Person[]
  beforeAll(async () => {
    ;[star, ...fans] = await system.people(
      'star',
      'fan.one',
      'fan.two',
      'fan.three',
      'other.four',
      'fan.five',
    )
    for (const fan of fans) {
      await fan.follow(star)
      system.clock.advance(1000)
    }
    await star.follow(fans[0] as Person)
  })

  test('come in pages, newest first, while others follow', async () => {
    const [late] = await system.people('late')
    const first = await star.api.graph.followers({ params: star, query: { limit: 2 } })
    expect(names(first)).toEqual(['fan.five', 'other.four'])
    await late.follow(star)
    const second = await star.api.graph.followers({
      params: star,
      query: { limit: 2, cursor: first.next_cursor ?? '' },
    })
    expect(names(second)).toEqual(['fan.three', 'fan.two'])
    const third = await star.api.graph.followers({
      params: star,
      query: { limit: 2, cursor: second.next_cursor ?? '' },
    })
    expect(third).toMatchObject({ items: [{ username: 'fan.one' }], next_cursor: null })
    await late.unfollow(star)
  })

  test('are searched by the beginning of a name', async () => {
    expect(await followers(star, star, { q: 'FAN.t' })).toEqual(['fan.three', 'fan.two'])
    expect(await followers(star, star, { q: 'our' })).toEqual([])
    await (fans[3] as Person).api.members.update({ body: { full_name: 'Élodie Four' } })
    expect(await followers(star, star, { q: 'four' })).toEqual(['other.four'])
    expect(await followers(star, star, { q: 'él' })).toEqual(['other.four'])
    expect(await following(star, star, { q: 'x' })).toEqual([])
  })

  test('say how the viewer stands to each', async () => {
    const page = await star.api.graph.followers({ params: star, query: { q: 'fan.one' } })
    expect(page.items[0]?.viewer).toMatchObject({ following: true, followed_by: true })
    const visited = await system.visitor().api.graph.followers({ params: star })
    expect(visited.items.map((entry) => entry.viewer)).toEqual(fans.map(() => null))
    const own = await (fans[0] as Person).api.graph.followers({ params: star, query: { q: 'fan.one' } })
    expect(own.items[0]?.viewer).toBeNull()
  })

  test('mutual: their followers whom the viewer follows', async () => {
    const [viewer] = await system.people('viewer')
    for (const fan of [fans[2], fans[1], star]) await viewer.follow(fan as Person)
    const mutual = await viewer.api.graph.mutual({ params: star })
    expect(names(mutual)).toEqual(['fan.two', 'fan.three'])
    const paged = await viewer.api.graph.mutual({ params: star, query: { limit: 1 } })
    expect(names(paged)).toEqual(['fan.two'])
    const rest = await viewer.api.graph.mutual({ params: star, query: { cursor: paged.next_cursor ?? '' } })
    expect(names(rest)).toEqual(['fan.three'])
  })

  test('refuse a cursor that is not theirs', async () => {
    const { next_cursor } = await star.api.graph.followers({ params: star, query: { limit: 1 } })
    const cursor = next_cursor ?? ''
    await expect(following(star, star, { cursor })).rejects.toMatchObject({ code: 'bad_cursor' })
    await expect(followers(star, star, { cursor: 'AAAA' })).rejects.toMatchObject({ code: 'bad_cursor' })
  })

  test('forget who has left', async () => {
    const [leaver] = await system.people('leaver')
    await leaver.follow(star)
    await star.follow(leaver)
    await system.settle()
    const before = await counts(star, star)
    await leaver.leave()
    await system.settle()
    expect(await followers(star, star)).not.toContain('leaver')
    expect(await counts(star, star)).toEqual(before.map((count) => count - 1))
  })
})
