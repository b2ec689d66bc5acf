import { startSystem, type TestSystem } from '@tintype/testkit'
import { recorded } from '@tintype/testkit/media/camera'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { begun, cameraAt, cameraOf, twentySeconds } from './camera.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem({ env: { LIVE_MAX: '20' } })
})
afterAll(() => system[Symbol.asyncDispose]())

const code = (wanted: string) => expect.objectContaining({ code: wanted })
const later = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 20_000, interval: 100 })

test('a live begins with what comes in, is played part by part, and ends for everybody', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const { live_id, status } = await ana.api.live.create({ body: { title: 'Low tide', audience: 'public' } })
  const params = { live_id }
  expect(status).toBe('waiting')
  await expect(ben.api.live.get({ params })).rejects.toEqual(code('not_found'))
  await expect(ana.api.live.create({ body: { audience: 'public' } })).rejects.toEqual(
    code('live_open_already'),
  )

  const camera = await cameraOf(ana, live_id)
  camera.film(await twentySeconds(), 0.45)
  const player = await begun(ben, live_id)
  const media = await later(async () => {
    const text = await player.text('0.m3u8')
    expect(text).toContain('0-2.1.m4s')
    return text
  })
  expect(await player.text('index.m3u8')).toMatch(
    /RESOLUTION=160x90,CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"\n0\.m3u8/,
  )
  expect(media).toContain('#EXT-X-MAP:URI="0-0.mp4"')
  const whole = await player.bytes('0-0.m4s')
  const parts = await Promise.all([0, 1, 2, 3].map((n) => player.bytes(`0-0.${n}.m4s`)))
  expect(Buffer.concat(parts).equals(whole)).toBe(true)
  expect(await ben.api.live.now()).toMatchObject([{ live_id, title: 'Low tide', status: 'live' }])
  expect(await ben.api.live.ofMember({ params: ana })).toMatchObject({ live: { live_id } })

  await ana.api.live.end({ params })
  await later(async () => expect(await player.text('0.m3u8')).toContain('#EXT-X-ENDLIST'))
  expect(await camera.closed).toBe('4403 live_ended')
  expect(await ben.api.live.get({ params })).toMatchObject({ status: 'ended', playlist: null })
  expect(await ben.api.live.now()).toEqual([])
  await expect(ana.api.live.intake({ params })).rejects.toEqual(code('live_ended'))
})

test('a source that was cut goes on in the same live within its grace; without it the live ends', async () => {
  const [cleo, dora] = await system.people('cleo', 'dora')
  const { live_id } = await cleo.api.live.create({ body: { audience: 'public' } })
  const params = { live_id }
  const first = await cameraOf(cleo, live_id)
  first.send(await recorded({ seconds: 5 }))
  const player = await begun(dora, live_id)
  await later(async () => expect(await player.text('0.m3u8')).toContain('0-1.2.m4s'))
  first.cut()
  system.clock.advance(10_000)
  const second = await cameraOf(cleo, live_id)
  second.film(await twentySeconds(), 0.3)
  const media = await later(async () => {
    const text = await player.text('0.m3u8')
    expect(text).toContain('#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="0-1.mp4"')
    expect(text).toContain('0-5.0.m4s')
    return text
  })
  expect(media).toContain('#EXT-X-MEDIA-SEQUENCE:0')
  // The host's own new window takes the place of the old one; nobody else can.
  const used = await cleo.api.live.intake({ params })
  const third = await cameraAt(cleo.baseUrl, used.url)
  expect(await second.closed).toBe('4403 live_fed_already')
  expect(await (await cameraAt(cleo.baseUrl, used.url)).closed).toBe('4403 not_found')
  third.cut()
  await later(async () => {
    system.clock.advance(16_000)
    expect((await dora.api.live.get({ params })).status).toBe('ended')
  })

  const kept = await cleo.api.live.keep({ params, body: {} })
  await system.settle()
  const [film] = (await cleo.post(kept.post_id)).media
  expect(film).toMatchObject({ type: 'video', width: 160, height: 90 })
  // Ten seconds were sent, of both sources.
  expect(film?.type === 'video' && film.duration_ms).toBeGreaterThan(8000)
  expect(await dora.api.live.get({ params })).toMatchObject({ replay_post_id: kept.post_id })
  expect((await system.storedKeys()).filter((key) => key.startsWith(`live/${live_id}`))).toEqual([])
})

test('what is no film is refused at once; what is cut off before a picture has begun nothing', async () => {
  const [emil] = await system.people('emil')
  const { live_id } = await emil.api.live.create({ body: { audience: 'followers' } })
  const nonsense = await cameraOf(emil, live_id)
  nonsense.send(Buffer.alloc(200_000, 7))
  expect(await nonsense.closed).toBe('4403 media_corrupt')
  const cutOff = await cameraOf(emil, live_id)
  cutOff.send((await recorded({ seconds: 5 })).subarray(0, 300))
  cutOff.cut()
  expect((await emil.api.live.get({ params: { live_id } })).status).toBe('waiting')
  await emil.api.live.end({ params: { live_id } })
})

test('lives that nobody feeds are ended by themselves', async () => {
  const [finn] = await system.people('finn')
  const { live_id } = await finn.api.live.create({ body: { audience: 'public' } })
  const look = system.system.schedules.find(({ name }) => name === 'live.unfed')
  system.clock.advance(800_000)
  await look?.run(new AbortController().signal)
  expect((await finn.api.live.get({ params: { live_id } })).status).toBe('waiting')
  system.clock.advance(200_000)
  await look?.run(new AbortController().signal)
  await expect(finn.api.live.get({ params: { live_id } })).rejects.toEqual(code('not_found'))
  await finn.api.live.create({ body: { audience: 'public' } })
})
