import type { LiveId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { recorded } from '@tintype/testkit/media/camera'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { createLogger } from '../../kit/logger.ts'
import { begun, type Camera, cameraOf, type Player, twentySeconds } from './camera.suite.ts'
import { Recording } from './recording.ts'

let system: TestSystem
let owner: Person
beforeAll(async () => {
  system = await startSystem({ env: { LIVE_MAX: '20' } })
  ;[owner] = await system.people('owner')
  // Made once, slowly on a busy machine.
  await twentySeconds()
}, 180_000)
afterAll(() => system[Symbol.asyncDispose]())

const code = (wanted: string) => expect.objectContaining({ code: wanted })
const later = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 20_000, interval: 100 })
const left = async (id: LiveId) => (await system.storedKeys()).filter((key) => key.startsWith(`live/${id}`))

/** A live that goes on, of which some was recorded. */
async function going(host: Person): Promise<{ live_id: LiveId; camera: Camera; player: Player }> {
  const { live_id } = await host.api.live.create({ body: { audience: 'public' } })
  const camera = await cameraOf(host, live_id)
  camera.film(await twentySeconds(), 0.45)
  const player = await begun(host, live_id)
  await later(async () => {
    expect(await player.text('0.m3u8')).toContain('0-2.1.m4s')
    expect((await left(live_id)).length).toBeGreaterThan(2)
  })
  return { live_id, camera, player }
}

test('one that is deleted while it goes on leaves nothing of its recording, whatever still came', async () => {
  const [ana] = await system.people('ana')
  const { live_id, camera } = await going(ana)
  await ana.api.live.delete({ params: { live_id } })
  expect(await camera.closed).toBe('4403 live_ended')
  await system.settle()
  expect(await left(live_id)).toEqual([])
})

test('what is stored of one that another process has deleted meanwhile is deleted again', async () => {
  const film = { bytes: 1e6, seconds: 60 }
  const logger = createLogger({ level: 'silent', pretty: false })
  const recording = new Recording({ ...system.engines, logger, film })
  const gone = newId<LiveId>()
  recording.keep(gone, { run: 0, init: Buffer.alloc(8) })
  recording.keep(gone, { msn: 0, run: 0, bytes: Buffer.alloc(8), seconds: 2 })
  await recording.settled(gone)
  expect(await left(gone)).toEqual([])
})

test('a replay that is asked for twice at once is one post, of all that was sent', async () => {
  const [ben, cleo, dora] = await system.people('ben', 'cleo', 'dora')
  const { live_id, camera } = await going(ben)
  const params = { live_id }
  const { live_comment_id } = await cleo.api.live.comment({ params, body: { text: 'Hello' } })
  await ben.api.live.pin({ params, body: { live_comment_id } })
  await dora.block(cleo)
  expect((await ben.api.live.get({ params })).pinned).toMatchObject({ text: 'Hello' })
  expect((await dora.api.live.get({ params })).pinned).toBeNull()

  await ben.api.live.end({ params })
  const keeping = [1, 2].map(() => ben.api.live.keep({ params, body: {} }))
  const [one, other] = await Promise.all(keeping)
  expect(one?.post_id).toBe(other?.post_id)
  await camera.closed
  await system.settle()
  expect((await ben.profile(ben)).posts_count).toBe(1)
  // What came last stands in the post: nothing of it was too late.
  expect(await left(live_id)).toEqual([])
  expect(await cleo.api.live.get({ params })).toMatchObject({ replay_post_id: one?.post_id })
})

test('what moderators take from view is over, and does not come back as a replay', async () => {
  const [emil, finn] = await system.people('emil', 'finn')
  const { live_id, camera } = await going(emil)
  await finn.api.reports.create({ body: { kind: 'live', id: live_id, reason: 'spam' } })
  await owner.api.moderation.act({
    params: { kind: 'live', subject_id: live_id },
    body: { act: 'remove', rule: 'spam', message: 'Not here, please.', note: 'as before' },
  })
  expect(await camera.closed).toBe('4403 live_ended')
  const params = { live_id }
  expect(await emil.api.live.get({ params })).toMatchObject({
    status: 'ended',
    host: { has_recording: false },
  })
  await expect(emil.api.live.keep({ params, body: {} })).rejects.toEqual(code('live_no_recording'))
})

test('a host who goes away is not live any more', async () => {
  const [gina] = await system.people('gina')
  const { camera } = await going(gina)
  await gina.api.accounts.deactivate()
  await system.settle()
  expect(await camera.closed).toBe('4403 live_ended')
})

test('a source whose key frames come too seldom to be passed on is encoded anew when it comes back', async () => {
  const [hugo] = await system.people('hugo')
  const { live_id } = await hugo.api.live.create({ body: { audience: 'public' } })
  const film = await recorded({ seconds: 20, gop: 300 })
  const first = await cameraOf(hugo, live_id)
  first.send(film)
  expect(await first.closed).toBe('4403 media_corrupt')
  const second = await cameraOf(hugo, live_id)
  second.send(film)
  const player = await begun(hugo, live_id)
  await later(async () => {
    const [, after = ''] = (await player.text('0.m3u8')).split('0-1.mp4')
    expect(after.match(/#EXTINF/g)?.length).toBeGreaterThan(4)
  })
  second.cut()
})
