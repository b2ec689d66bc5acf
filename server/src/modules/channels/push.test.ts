import { type Person, startSystem } from '@tintype/testkit'
import { type Browser, PushHost, subscribe } from '@tintype/testkit/push-host'
import { type PushScene, pushEnv, startPushScene } from '@tintype/testkit/push-scene'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { take } from './queue-store.ts'

let scene: PushScene
let { system, host } = {} as PushScene
beforeAll(async () => {
  scene = await startPushScene()
  ;({ system, host } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())

const browserOf = (person: Person, at = host) => at.browserOf(person)
const pass = (seconds = 30) => system.pass(seconds)
const bodies = (browser: Browser) => browser.received.map(({ note }) => note.body)
const shown = (browser: Browser) => browser.shown.map(({ body }) => body)
async function shared(author: Person) {
  const post = await author.share()
  await system.settle()
  return post
}

test('a browser that asked is told in words, and shown where it leads', async () => {
  const [ana, ben] = await system.people('p.ana', 'p.ben')
  expect((await ana.api.push.key()).key).toBe(system.engines.push.publicKey)
  const browser = await browserOf(ana)
  const post = await shared(ana)
  await ben.comment(post, 'What a mill!')
  await pass()
  expect(browser.received).toHaveLength(1)
  expect(browser.received[0]).toMatchObject({
    note: {
      action: 'show',
      title: 'Tintype',
      body: 'p.ben commented: What a mill!',
      url: `/p/${post.post_id}`,
      badge: 1,
    },
    urgency: 'normal',
    ttl: 86_400,
  })
  await pass(3600)
  expect(browser.received).toHaveLength(1)
})

test('each kind in its own words', async () => {
  const [kim, lea] = await system.people('p.kim', 'p.lea')
  const browser = await browserOf(kim)
  const post = await shared(kim)
  const remark = await kim.comment(post, 'mine')
  await lea.follow(kim)
  await lea.api.comments.like({ params: remark })
  await lea.comment(post, 'an answer', remark)
  await lea.share({ caption: 'with @p.kim' })
  await pass()
  expect(bodies(browser).toSorted()).toEqual([
    'p.lea answered you: an answer',
    'p.lea liked your comment: mine',
    'p.lea mentioned you in a post',
    'p.lea started following you',
  ])
  expect(browser.shown.find(({ body }) => String(body).includes('following'))?.url).toBe('/p.lea')
})

describe('one thing is one push', () => {
  test('a like given and taken back ten times is one, or none', async () => {
    const [ana, ben] = await system.people('o.ana', 'o.ben')
    const browser = await browserOf(ana)
    const post = await shared(ana)
    for (let n = 0; n < 10; n++) {
      await ben.like(post)
      await system.settle()
      await ben.unlike(post)
      await system.settle()
    }
    await ben.like(post)
    await pass()
    await pass(400)
    expect(browser.received.length).toBeLessThanOrEqual(1)
  })

  test('somebody who likes forty photographs is one', async () => {
    const [ana, ben] = await system.people('o.many', 'o.keen')
    const browser = await browserOf(ana)
    const posts = []
    for (let n = 0; n < 40; n++) posts.push(await ana.share())
    await system.settle()
    for (const post of posts) {
      await ben.like(post)
      await pass(8)
    }
    await pass(600)
    expect(browser.received).toHaveLength(1)
    expect(shown(browser)[0]).toContain('o.keen liked')
  })

  test('others who follow bring it up to date, quietly, in its place, and not within five minutes', async () => {
    const [ana, ...fans] = await system.people('o.host', 'o.f1', 'o.f2', 'o.f3', 'o.f4')
    const browser = await browserOf(ana)
    const post = await shared(ana)
    const [first, second, third, fourth] = fans as [Person, Person, Person, Person]
    await first.like(post)
    await pass(30)
    for (const fan of [second, third]) {
      await fan.like(post)
      await pass(30)
    }
    expect(bodies(browser)).toEqual(['o.f1 liked your photo'])
    await pass(300)
    expect(bodies(browser).slice(1)).toEqual(['o.f3 and 2 others liked your photo'])
    expect(browser.received[1]?.note).toMatchObject({ quiet: true, tag: browser.received[0]?.note.tag })
    // As the list has it.
    expect((await ana.notifications())[0]).toMatchObject({ others_count: 2, actor: { username: 'o.f3' } })
    await fourth.like(post)
    await pass(400)
    expect(browser.received).toHaveLength(3)
    expect(browser.shown).toHaveLength(1)
  })
})

describe('what was shown is taken away', () => {
  test('when it is undone, read elsewhere, or its picture is deleted', async () => {
    const [ana, ben, cai] = await system.people('w.ana', 'w.ben', 'w.cai')
    const browser = await browserOf(ana)
    const [one, two, three] = [await shared(ana), await shared(ana), await shared(ana)]
    await ben.like(one)
    await ben.comment(two, 'two')
    await cai.comment(three, 'three')
    await ben.follow(ana)
    await pass()
    expect(browser.shown).toHaveLength(4)
    await ben.unlike(one)
    await pass(1)
    expect(shown(browser)).not.toContain('w.ben liked your photo')
    await ana.delete(two)
    await pass(1)
    expect(shown(browser).toSorted()).toEqual(['w.ben started following you', 'w.cai commented: three'])
    await ana.api.notifications.markRead({ body: {} })
    await pass(1)
    expect(browser.shown).toEqual([])
    expect(browser.received.at(-1)?.note).toMatchObject({ action: 'close', badge: 0 })
    // Nothing is shown that was read before it was sent.
    await ben.like(three)
    await system.settle()
    await ana.api.notifications.markRead({ body: {} })
    const before = browser.received.length
    await pass()
    expect(browser.received).toHaveLength(before)
  })

  test('when who did it is blocked', async () => {
    const [ana, ben] = await system.people('w.host', 'w.gone')
    const browser = await browserOf(ana)
    await ben.like(await shared(ana))
    await pass()
    expect(browser.shown).toHaveLength(1)
    await ana.block(ben)
    await pass(1)
    expect(browser.shown).toEqual([])
  })
})

test('nobody is told of what they did themselves, nor of those whom they mute or block, nor of what they turned off', async () => {
  const [ana, ben, cai, dan] = await system.people('n.ana', 'n.ben', 'n.cai', 'n.dan')
  const browser = await browserOf(ana)
  await ana.api.graph.mute({ params: ben })
  await ana.block(cai)
  await ana.api.preferences.change({ body: { kinds: { like: { push: false, email: true } } } })
  const post = await shared(ana)
  await ana.like(post)
  await ana.comment(post, 'mine')
  await ben.comment(post, 'muted')
  await cai.like(post).catch(() => {})
  await dan.like(post)
  await pass()
  expect(browser.received).toEqual([])
  expect(await ana.notifications()).toHaveLength(1)
  await dan.comment(post, 'this one')
  await pass()
  expect(bodies(browser)).toEqual(['n.dan commented: this one'])
})

describe('a device belongs to a session', () => {
  test('logged out is not told; who logs in there is told of theirs alone', async () => {
    const [ana, ben, cai] = await system.people('s.ana', 's.ben', 's.cai')
    const browser = await browserOf(ana)
    const [ofAna, ofBen] = [await shared(ana), await shared(ben)]
    await subscribe(ben, browser)
    await cai.like(ofAna)
    await cai.like(ofBen)
    await pass()
    expect(browser.received).toHaveLength(1)
    expect(browser.received[0]?.note.url).toBe(`/p/${ofBen.post_id}`)
    await ben.api.accounts.logout()
    await system.settle()
    await cai.comment(ofBen, 'still there?')
    await pass()
    expect(browser.received).toHaveLength(1)
  })

  test('a session that ran out is not told either', async () => {
    const [ana, ben] = await system.people('s.late', 's.busy')
    const browser = await browserOf(ana)
    const post = await shared(ana)
    system.clock.advance(8 * 86_400_000)
    await system.system.schedules
      .find(({ name }) => name === 'accounts.sessions')
      ?.run(new AbortController().signal)
    await system.settle()
    await ben.logIn()
    await ben.comment(post, 'are you there?')
    await pass()
    expect(browser.asked).toBe(0)
  })

  test('asking twice is once; asking no longer ends it, and only for oneself', async () => {
    const [ana, ben] = await system.people('s.host', 's.other')
    const browser = await browserOf(ana)
    await subscribe(ana, browser)
    const post = await shared(ana)
    await ben.api.push.unsubscribe({ body: { endpoint: browser.endpoint } })
    await ben.comment(post, 'one')
    await pass()
    expect(browser.received).toHaveLength(1)
    await ana.api.push.unsubscribe({ body: { endpoint: browser.endpoint } })
    await ben.comment(post, 'two')
    await pass(600)
    expect(browser.received).toHaveLength(1)
  })

  test('what is no device is refused', async () => {
    const [ana] = await system.people('s.odd')
    const { keys } = host.browser()
    for (const body of [
      { endpoint: 'ftp://127.0.0.1/x', keys },
      { endpoint: 'https://push.example.org/1', keys: { ...keys, auth: 'AAAA' } },
      { service: 'fcm' as const, token: 'no firebase here, but long enough' },
    ])
      await expect(ana.api.push.subscribe({ body })).rejects.toMatchObject({ code: 'push_target_invalid' })
    await expect(system.visitor().api.push.key()).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

describe('hosts', () => {
  test('a subscription that is gone is not asked again; one whose host fails is kept', async () => {
    const [ana, ben] = await system.people('h.ana', 'h.ben')
    const [gone, unknown, failing] = [await browserOf(ana), await browserOf(ana), await browserOf(ana)]
    ;[gone.mood, unknown.mood, failing.mood] = ['gone', 'unknown', 'fails']
    const post = await shared(ana)
    await ben.like(post)
    await pass()
    expect([gone.asked, unknown.asked, failing.asked]).toEqual([1, 1, 1])
    ;[gone.mood, unknown.mood, failing.mood] = ['takes', 'takes', 'takes']
    await pass(5)
    expect(shown(failing)).toEqual(['h.ben liked your photo'])
    await ben.comment(post, 'again')
    await pass()
    expect([gone.asked, unknown.asked]).toEqual([1, 1])
    expect(failing.received).toHaveLength(2)
  })

  test('one that asks to wait is left alone that long, and no other', async () => {
    await using busy = await PushHost.start(() => system.engines.push.publicKey)
    const [ana, ben, cai] = await system.people('h.patient', 'h.quick', 'h.fan')
    const [waits, other, quick] = [
      await browserOf(ana, busy),
      await browserOf(ben, busy),
      await browserOf(ben),
    ]
    waits.mood = { wait: '120' }
    const [ofAna, ofBen] = [await shared(ana), await shared(ben)]
    await cai.like(ofAna)
    await pass()
    expect(waits.asked).toBe(1)
    waits.mood = 'takes'
    await cai.like(ofBen)
    await pass()
    expect(quick.received).toHaveLength(1)
    expect([waits.asked, other.asked]).toEqual([1, 0])
    await pass(120)
    expect([waits.received.length, other.received.length]).toEqual([1, 1])
  })

  test('one that says nothing delays no other', async () => {
    await using silent = await PushHost.start(() => system.engines.push.publicKey)
    const [ana, ben, cai] = await system.people('h.still', 'h.lively', 'h.guest')
    const stuck = await browserOf(ana, silent)
    stuck.mood = 'silent'
    const lively = await browserOf(ben)
    const [ofAna, ofBen] = [await shared(ana), await shared(ben)]
    await cai.like(ofAna)
    await cai.like(ofBen)
    await system.engines.events.drain()
    system.clock.advance(30_000)
    await vi.waitFor(() => expect(lively.received).toHaveLength(1), { timeout: 5000 })
    expect(stuck.asked).toBeLessThanOrEqual(1)
  })
})

test('two processes tell it once; what one took before it died the other tells a minute later', async () => {
  await using second = await startSystem({ beside: system, env: pushEnv })
  const [ana, ben] = await system.people('c.ana', 'c.ben')
  const browser = await browserOf(ana)
  const post = await shared(ana)
  await ben.like(post)
  await Promise.all([system.settle(), second.settle()])
  system.clock.advance(30_000)
  await Promise.all([system.settle(), second.settle(), system.settle()])
  expect(browser.received).toHaveLength(1)
  await ben.comment(post, 'and?')
  await system.engines.events.drain()
  const now = new Date(system.clock.now() + 30_000)
  const taken = await take(system.engines.db.query, {
    host: new URL(browser.endpoint).host,
    lane: 1,
    limit: 10,
    now,
    lease: new Date(now.getTime() + 60_000),
  })
  expect(taken).toHaveLength(1)
  await pass(40)
  expect(browser.received).toHaveLength(1)
  await pass(60)
  expect(browser.received).toHaveLength(2)
})
