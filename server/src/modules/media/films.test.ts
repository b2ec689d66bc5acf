import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Video } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import { makeClip, quarters, turned } from '@tintype/testkit/media/clips'
import { afterAll, beforeAll, expect, it } from 'vitest'

let system: TestSystem
let ana: Person
let folder: string
beforeAll(async () => {
  system = await startSystem()
  ;[ana] = await system.people('ana')
  folder = await mkdtemp(join(tmpdir(), 'tintype-films-'))
})
afterAll(async () => {
  await system[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(new URL(url, system.baseUrl), { headers })

async function posted(bytes: Buffer, content_type = 'video/mp4'): Promise<Video> {
  const { post_id } = await ana.share({ photos: [announce(bytes, content_type)] })
  await system.settle()
  const post = await ana.post(post_id)
  const [media] = post.media
  if (media?.type !== 'video') throw new Error(`no film: ${JSON.stringify(post.failure)}`)
  return media
}

it('a clip from a phone is played as MP4 while it loads, and looked at as a picture', async () => {
  const path = join(folder, 'phone.mov')
  const film = quarters(640, 360)
  await makeClip(path, {
    format: 'mov',
    film,
    seconds: 1.5,
    matrix: turned['90'] ?? [],
    metadata: { location: '+48.1+011.5/' },
  })
  const video = await posted(await readFile(path), 'video/quicktime')
  expect(video).toMatchObject({ width: 360, height: 640, has_sound: true, loops: false, hls: null })
  expect(Math.abs(video.duration_ms - 1500)).toBeLessThan(60)
  expect(video.variants.length).toBeGreaterThan(0)

  const whole = await get(video.url)
  expect(whole.headers.get('content-type')).toBe('video/mp4')
  const bytes = Buffer.from(await whole.arrayBuffer())
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  expect(bytes.includes('+48.1')).toBe(false)
  const part = await get(video.url, { range: 'bytes=100-199' })
  expect(part.status).toBe(206)
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200))
  expect((await get(video.url, { range: `bytes=${bytes.length}-` })).status).toBe(416)
})
