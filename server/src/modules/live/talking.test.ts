import type { LiveCommentId, LiveId } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { begun, cameraOf, Player, twentySeconds } from './camera.suite.ts'

let system: TestSystem
let [host, ben, cleo, dora]: Person[] = []
let live_id: LiveId
let player: Player
beforeAll(async () => {
  system = await startSystem()
  ;[host, ben, cleo, dora] = await system.people('hugo', 'ben', 'cleo', 'dora')
  await at(ben).follow(at(host))
  live_id = (await at(host).api.live.create({ body: { title: 'Talk', audience: 'public' } })).live_id
  const camera = await cameraOf(at(host), live_id)
  camera.film(await twentySeconds(), 0.3)
  player = await begun(at(cleo), live_id)
}, 180_000)
afterAll(() => system[Symbol.asyncDispose]())

const at = (person: Person | undefined): Person => {
  if (!person) throw new Error('nobody')
  return person
}
const code = (wanted: string) => expect.objectContaining({ code: wanted })
const say = (person: Person | undefined, text: string) =>
  at(person).api.live.comment({ params: { live_id }, body: { text } })
const later = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 20_000, interval: 100 })

test('followers are told that it has begun, once', async () => {
  await later(async () => {
    await system.settle()
    const told = (await at(ben).notifications()).filter(({ type }) => type === 'live')
    expect(told).toMatchObject([{ subject: { kind: 'live', id: live_id }, actor: { username: 'hugo' } }])
  })
  expect((await at(dora).notifications()).filter(({ type }) => type === 'live')).toEqual([])
})

test('what is said is heard by those who watch; slowed down, closed, deleted, pinned', async () => {
  const hearing = await Live.of(at(cleo))
  expect(await hearing.subscribe(`live:${live_id}`)).toBe('subscribed')
  const first = await say(ben, 'Good evening')
  expect((await hearing.next('live.said')).data.comment).toMatchObject({ text: 'Good evening' })
  await at(host).api.live.update({ params: { live_id }, body: { slow_seconds: 10 } })
  await say(cleo, 'One')
  await expect(say(cleo, 'Two')).rejects.toEqual(code('live_slow'))
  // Many at once are one.
  system.clock.advance(11_000)
  const many = await Promise.allSettled([1, 2, 3, 4].map((n) => say(cleo, `Many ${n}`)))
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await say(host, 'Mine')
  await say(host, 'Mine again')

  const params = { live_id, live_comment_id: first.live_comment_id }
  await expect(at(cleo).api.live.deleteComment({ params })).rejects.toEqual(code('not_found'))
  await expect(at(cleo).api.live.pin({ params, body: params })).rejects.toBeDefined()
  const pin = { live_comment_id: first.live_comment_id }
  await at(host).api.live.pin({ params: { live_id }, body: pin })
  expect((await at(cleo).api.live.get({ params: { live_id } })).pinned).toMatchObject(pin)
  await at(host).api.live.deleteComment({ params })
  expect((await at(cleo).api.live.get({ params: { live_id } })).pinned).toBeNull()
  await at(host).api.live.update({ params: { live_id }, body: { comments_open: false, slow_seconds: 0 } })
  await expect(say(cleo, 'Three')).rejects.toEqual(code('live_comments_closed'))
  await at(host).api.live.update({ params: { live_id }, body: { comments_open: true } })
  await hearing.close()
})

test('hearts of many are one message with their number; viewers are counted by who plays', async () => {
  const [one, other] = [await Live.of(at(ben)), await Live.of(at(cleo))]
  for (const live of [one, other]) await live.subscribe(`live:${live_id}`)
  const before = (await at(host).api.live.get({ params: { live_id } })).hearts_count
  for (let n = 0; n < 20; n++) one.send({ type: 'heart', data: { live_id, count: 20 } })
  await other.until(
    (message) => message.type === 'live.counted' && message.data.hearts_count === before + 400,
    { what: 'all hearts' },
  )
  const told = other.messages.filter(
    ({ type, data }) => type === 'live.counted' && 'hearts_new' in data && data.hearts_new > 0,
  )
  expect(told.length).toBeLessThanOrEqual(3)
  await later(async () => {
    await player.text('0.m3u8')
    expect(await at(host).api.live.get({ params: { live_id } })).toMatchObject({ viewers_count: 1 })
  })
  for (const live of [one, other]) await live.close()
})

test('what somebody says whom the host restricts, or limits for now, is held until who looks after it approves it', async () => {
  const [hers, theirs, hosts] = await Promise.all([dora, cleo, host].map((who) => Live.of(at(who))))
  const all = [hers, theirs, hosts].flatMap((one) => one ?? [])
  for (const one of all) await one.subscribe(`live:${live_id}`)
  const listed = async (who: Person | undefined, id: LiveCommentId) =>
    (await at(who).api.live.comments({ params: { live_id } })).find((one) => one.live_comment_id === id)
  const approve = (who: Person | undefined, live_comment_id: LiveCommentId) =>
    at(who).api.live.approveComment({ params: { live_id, live_comment_id } })

  await at(host).api.graph.restrict({ params: at(dora) })
  const { live_comment_id, ...said } = await say(dora, 'From afar')
  expect(said.held).toBeUndefined()
  expect((await hosts?.next('live.said'))?.data.comment).toMatchObject({ text: 'From afar', held: true })
  expect((await hers?.next('live.said'))?.data.comment).not.toHaveProperty('held')
  expect(await listed(host, live_comment_id)).toMatchObject({ held: true })
  expect(await listed(dora, live_comment_id)).not.toHaveProperty('held')
  expect(await listed(cleo, live_comment_id)).toBeUndefined()
  await expect(at(host).api.live.pin({ params: { live_id }, body: { live_comment_id } })).rejects.toEqual(
    code('not_found'),
  )
  for (const who of [cleo, dora])
    await expect(approve(who, live_comment_id)).rejects.toEqual(code('not_found'))
  await approve(host, live_comment_id)
  await expect(approve(host, live_comment_id)).rejects.toEqual(code('not_found'))
  // The first that she hears.
  expect((await theirs?.next('live.said'))?.data.comment).toMatchObject({
    live_comment_id,
    text: 'From afar',
  })
  expect(await listed(cleo, live_comment_id)).not.toHaveProperty('held')
  await at(host).api.graph.unrestrict({ params: at(dora) })

  await at(host).api.interactionLimit.set({ body: { accounts: 'strangers', days: 1 } })
  const wave = await say(cleo, 'In a wave')
  expect(await listed(host, wave.live_comment_id)).toMatchObject({ held: true })
  expect(await listed(dora, wave.live_comment_id)).toBeUndefined()
  const follower = await say(ben, 'As always')
  expect(await listed(dora, follower.live_comment_id)).toBeDefined()
  await at(host).api.interactionLimit.lift()
  for (const one of all) await one.close()
})

test('hearts are counted wherever there are sockets, also in a process that has nothing else', async () => {
  const sockets = await startSystem({ beside: system, env: { ROLES: 'realtime' } })
  const { session } = at(ben)
  const live = await Live.of({ session, baseUrl: sockets.baseUrl } as Person)
  await live.subscribe(`live:${live_id}`)
  const before = (await at(host).api.live.get({ params: { live_id } })).hearts_count
  live.send({ type: 'heart', data: { live_id, count: 3 } })
  await later(async () =>
    expect(await at(host).api.live.get({ params: { live_id } })).toMatchObject({ hearts_count: before + 3 }),
  )
  await live.close()
  await sockets[Symbol.asyncDispose]()
})

test('who is removed has neither playlist nor parts nor words, at once; moderators remove viewers, not each other', async () => {
  const { playlist } = await at(dora).api.live.get({ params: { live_id } })
  const hers = new Player(at(dora).baseUrl, playlist ?? '')
  expect((await hers.get('0-0.mp4')).status).toBe(200)
  const hearing = await Live.of(at(dora))
  await hearing.subscribe(`live:${live_id}`)
  const person = (who: Person | undefined) => ({ params: { live_id, username: at(who).username } })
  await expect(at(ben).api.live.removeViewer(person(dora))).rejects.toEqual(code('not_found'))
  await at(host).api.live.addModerator(person(ben))
  await at(host).api.live.addModerator(person(cleo))
  await expect(at(ben).api.live.removeViewer(person(cleo))).rejects.toEqual(code('not_found'))
  await expect(at(ben).api.live.removeViewer(person(host))).rejects.toEqual(code('not_found'))
  const waiting = hers.get('0.m3u8?_HLS_msn=1&_HLS_part=3')
  await at(ben).api.live.removeViewer(person(dora))
  for (const name of ['index.m3u8', '0.m3u8', '0-0.mp4', '0-0.0.m4s', '0-0.m4s'])
    expect([name, (await hers.get(name)).status]).toEqual([name, 404])
  await expect(say(dora, 'Hm')).rejects.toEqual(code('not_found'))
  await system.settle()
  await hearing.next('unsubscribed')
  await at(host).api.live.letViewerBack(person(dora))
  expect((await hers.get('0-0.mp4')).status).toBe(200)
  await hearing.close()
  await waiting
})

test('moderators of the community take it from view; its host alone still finds it', async () => {
  await at(cleo).api.reports.create({ body: { kind: 'live', id: live_id, reason: 'spam' } })
  // The first member is the owner, who here is the host: so it is another's report that they look at.
  const cases = await at(host).api.moderation.cases({ query: {} })
  expect(cases.items).toMatchObject([{ kind: 'live', subject_id: live_id }])
  await at(host).api.live.end({ params: { live_id } })
  expect(await at(cleo).api.live.get({ params: { live_id } })).toMatchObject({ status: 'ended' })
  await at(host).api.live.delete({ params: { live_id } })
  await expect(at(cleo).api.live.get({ params: { live_id } })).rejects.toEqual(code('not_found'))
  await system.settle()
  expect((await at(ben).notifications()).filter(({ type }) => type === 'live')).toEqual([])
})
