import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { freePorts } from '@tintype/testkit/free-ports'
import { describeFilm } from '@tintype/testkit/media/clips'
import { type Program, programTo } from '@tintype/testkit/media/program'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { begun, Player } from '../camera.suite.ts'
import { openFor, said } from './program.suite.ts'

let system: TestSystem
let port: number
beforeAll(async () => {
  ;[port = 0] = await freePorts(1)
  system = await startSystem({ env: { LIVE_MAX: '20', LIVE_RTMP_PORT: String(port) } })
})
afterAll(async () => {
  for (const program of programs) program.stop()
  await system[Symbol.asyncDispose]()
})

const programs: Program[] = []
function send(address: string, more: { sound?: string | null } = {}): Program {
  const program = programTo(address, { seconds: 240, ...more })
  programs.push(program)
  return program
}

const code = (wanted: string) => expect.objectContaining({ code: wanted })
const later = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 30_000, interval: 100 })

/** How much there is to see and hear of what a playlist lists, when it is decoded. */
async function played(player: Player) {
  const folder = await mkdtemp(join(tmpdir(), 'tintype-played-'))
  try {
    const text = await player.text('0.m3u8')
    const files = [...text.matchAll(/URI="(0-\d+\.mp4)"|^(0-\d+\.m4s)$/gm)].map(
      ([, init, part]) => init ?? part,
    )
    const bytes = await Promise.all(files.map((name) => player.bytes(String(name))))
    await writeFile(join(folder, 'played.mp4'), Buffer.concat(bytes))
    return await describeFilm(join(folder, 'played.mp4'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

const previewOf = (host: Person, live_id: Awaited<ReturnType<typeof openFor>>['live_id']) =>
  later(async () => {
    const { playlist, status } = await host.api.live.get({ params: { live_id } })
    expect(status).toBe('waiting')
    if (!playlist) throw new Error('not yet')
    return new Player(host.baseUrl, playlist)
  })

test('what a program sends is seen by its host first, and by everybody from the moment on that the host says', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  const { live_id, address } = await openFor(ana)
  expect(address).toMatch(new RegExp(`^rtmp://127.0.0.1:${port}/live/[0-9a-f]{32}-`))
  const params = { live_id }
  await expect(ana.api.live.start({ params })).rejects.toEqual(code('live_no_source'))
  const program = send(address)
  const preview = await previewOf(ana, live_id)
  await later(async () => expect(await preview.text('0.m3u8')).toContain('0-3.m4s'))
  await expect(ben.api.live.get({ params })).rejects.toEqual(code('not_found'))
  await expect(ben.api.live.start({ params })).rejects.toEqual(code('not_found'))
  const stored = async () =>
    (await system.storedKeys()).filter((key) => key.startsWith(`live/${live_id}`) && key.endsWith('.m4s'))
  expect(await stored()).toEqual([])
  const early = ana.api.live.comment({ params, body: { text: 'Hello?' } })
  await expect(early).rejects.toEqual(code('live_not_begun'))

  await ana.api.live.start({ params })
  const player = await begun(ben, live_id)
  const later4 = /^0-([4-9]|\d\d+)\.m4s$/m
  await later(async () => expect(await player.text('0.m3u8')).toMatch(later4))
  // What was only to be looked at is nobody's.
  expect(await player.text('0.m3u8')).not.toMatch(/0-[0-3]\.m4s/)
  expect((await player.get('0-2.m4s')).status).toBe(404)
  const film = await played(player)
  expect(film.picture).toBeGreaterThan(1)
  expect(film.sound).toBeGreaterThan(1)
  await ana.api.live.start({ params })

  await ana.api.live.end({ params })
  expect(await program.ended).toBe('refused')
  await expect(ana.api.live.start({ params })).rejects.toEqual(code('live_ended'))
  const kept = await ana.api.live.keep({ params, body: {} })
  await system.settle()
  const [video] = (await ana.post(kept.post_id)).media
  expect(video).toMatchObject({ type: 'video', width: 160, height: 90 })
})

test('a key that is wrong or old, or has no live open, is refused at once; so is a second source', async () => {
  const [cleo] = await system.people('cleo')
  const { live_id, address } = await openFor(cleo)
  const params = { live_id }
  const to = (key: string) => address.replace(/[^/]+$/, key)
  const wrong = `${address.slice(0, -4)}${address.endsWith('0000') ? '1111' : '0000'}`
  const refused = [wrong, address.slice(0, -33), to(live_id)].map((bad) => send(bad).ended)
  expect(await Promise.all(refused)).toEqual(['refused', 'refused', 'refused'])
  const program = send(address)
  await previewOf(cleo, live_id)
  expect(await send(address).ended).toBe('refused')
  expect((await cleo.api.live.get({ params })).playlist).not.toBeNull()

  const { key, created_at } = await cleo.api.live.renewKey()
  expect(await program.ended).toBe('refused')
  expect(await cleo.api.live.key()).toEqual({ key: null, created_at, rtmp_url: expect.any(String) })
  expect(await send(address).ended).toBe('refused')
  // What was stopped before it was shown may begin again, however much later.
  system.clock.advance(60_000)
  const again = send(to(String(key)), { sound: null })
  await previewOf(cleo, live_id)
  await cleo.api.live.end({ params })
  expect(await again.ended).toBe('refused')
  expect(await send(to(String(key))).ended).toBe('refused')
})

test('what is cut off goes on in the same live; without it the live ends after its grace', async () => {
  const [dora, emil] = await system.people('dora', 'emil')
  const { live_id, address } = await openFor(dora)
  const params = { live_id }
  const first = send(address)
  await previewOf(dora, live_id)
  await dora.api.live.start({ params })
  const player = await begun(emil, live_id)
  first.stop()
  await first.ended
  system.clock.advance(10_000)
  // As soon as it is seen that the first has gone.
  const { promise: second, resolve } = Promise.withResolvers<Program>()
  const begin = async () => {
    const program = send(address)
    const isOn = later(async () => expect(await player.text('0.m3u8')).toContain('#EXT-X-DISCONTINUITY'))
    const outcome = await Promise.race([program.ended, isOn])
    if (outcome === 'refused') return begin()
    resolve(program)
  }
  await begin()
  ;(await second).stop()
  await later(async () => {
    system.clock.advance(16_000)
    expect((await emil.api.live.get({ params })).status).toBe('ended')
  })
})

test('whoever speaks no RTMP, or says too much before saying who they are, is hung up on', async () => {
  expect((await said(port, Buffer.from('GET / HTTP/1.1\r\n\r\n'))).length).toBe(0)
  const shaken = Buffer.alloc(1 + 2 * 1536)
  shaken[0] = 3
  // A command of 16 MB, and one on a line that never began.
  const large = Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0])
  for (const rest of [
    large,
    Buffer.from([0xc9, 1, 2]),
    Buffer.from([3, 0, 0, 0, 0, 0, 3, 20, 0, 0, 0, 0, 99, 1, 1]),
  ])
    expect((await said(port, Buffer.concat([shaken, rest]))).length).toBe(1 + 2 * 1536)
})
