import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PostId, UploadId, Video } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import { describeFilm, makeClip, quarters, turned } from '@tintype/testkit/media/clips'
import { afterAll, beforeAll, expect, it } from 'vitest'

let system: TestSystem
let ana: Person
let ben: Person
let cleo: Person
let folder: string
let lastPost: PostId
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
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
  lastPost = post_id
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

const statusOf = async (url: string) => (await get(url)).status
const textOf = async (url: string) => (await get(url)).text()
/** What a playlist leads to, as a player finds it. */
const leadsOf = (playlist: string, url: string): string[] =>
  playlist
    .split('\n')
    .flatMap((line) => (line.startsWith('#') ? (/URI="([^"]+)"/.exec(line)?.[1] ?? []) : line || []))
    .map((lead) => {
      const { pathname, search } = new URL(lead, new URL(url, system.baseUrl))
      return pathname + search
    })

it('a longer one comes in sizes by HLS, with stills for seeking and a preview; going private closes all of it', async () => {
  const path = join(folder, 'long.mp4')
  await makeClip(path, { film: 'testsrc2=size=640x480:rate=10', seconds: 11 })
  const video = await posted(await readFile(path))
  const { hls, preview, strip } = video
  if (!hls || !preview || !strip) throw new Error('nothing but the file')
  const master = await textOf(hls)
  expect(master.match(/RESOLUTION=\S+?(?=,)/g)).toEqual(['RESOLUTION=320x240', 'RESOLUTION=640x480'])
  const playlists = leadsOf(master, hls)
  expect(playlists).toHaveLength(3)
  const files = new Set<string>()
  for (const url of playlists) {
    const playlist = await textOf(url)
    const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce(
      (sum, [, length]) => sum + Number(length),
      0,
    )
    expect(Math.abs(seconds - 11)).toBeLessThan(0.1)
    const [, length = '', start = ''] = /#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(playlist) ?? []
    const [file = ''] = leadsOf(playlist, url)
    const range = { range: `bytes=${start}-${Number(start) + Number(length) - 1}` }
    const segment = Buffer.from(await (await get(file, range)).arrayBuffer())
    expect([segment.length, segment.toString('latin1', 4, 8)]).toEqual([Number(length), 'moof'])
    for (const lead of leadsOf(playlist, url)) files.add(lead)
  }
  expect(strip).toMatchObject({ count: 5, interval_ms: 2000, width: 120, height: 90 })
  const all = [hls, preview, strip.url, video.poster, video.url, ...playlists, ...files]
  const statuses = async (urls: string[]) => new Set(await Promise.all(urls.map(statusOf)))
  expect(await statuses(all)).toEqual(new Set([200]))
  expect(await statuses(all.map((url) => url.replace(/\?.*/, '')))).toEqual(new Set([404]))

  await ana.goPrivate()
  expect(await statuses(all)).toEqual(new Set([404]))
  const [again] = (await ana.post(lastPost)).media
  const fresh = again?.type === 'video' ? (again.hls ?? '') : ''
  const [first = ''] = leadsOf(await textOf(fresh), fresh)
  expect((await get(fresh)).headers.get('cache-control')).toMatch(/^private/)
  expect(await statuses([first, ...leadsOf(await textOf(first), first)])).toEqual(new Set([200]))
})

it('what is no film, or too long for its place, is refused with the reason', async () => {
  const [gif, long] = [join(folder, 'a.gif'), join(folder, 'long.mp4')]
  await makeClip(gif, {
    format: 'gif',
    encoder: 'gif',
    filter: 'format=rgb8',
    sound: null,
    film: quarters(64, 48, 5),
  })
  await makeClip(long, { film: quarters(64, 48, 1), seconds: 62, sound: null })
  const upload = async (path: string, type: string) => {
    const [id] = await ben.upload([announce(await readFile(path), type)])
    return id as UploadId
  }
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'taken',
      (error) => error.code,
    )
  const avatar = async (id: UploadId) => codeOf(ben.api.members.update({ body: { avatar_upload_id: id } }))
  expect(await avatar(await upload(gif, 'image/gif'))).toBe('media_animated')
  expect(await avatar(await upload(long, 'video/mp4'))).toBe('media_kind_unwanted')
  const body = { audience: 'followers' as const, upload_id: await upload(long, 'video/mp4') }
  expect(await codeOf(ben.api.stories.create({ body }))).toBe('media_too_long')
})

it('a voice note is AAC with an end, and bars of how loud it is; it is heard by those it was said to', async () => {
  const path = join(folder, 'voice.webm')
  await makeClip(path, {
    format: 'webm',
    encoder: 'libvpx-vp9',
    sound: 'libopus',
    seconds: 2,
    film: quarters(32, 32, 5),
  })
  const [upload_id] = await ana.upload([announce(await readFile(path), 'audio/webm')])
  const { conversation_id } = await ana.api.conversations.create({ body: { usernames: ['ben'] } })
  const params = { conversation_id }
  const voice = { upload_id: upload_id as UploadId }
  const sent = await ana.api.messages.send({ params, body: { client_message_id: 'said-it-once', voice } })
  expect(sent).toMatchObject({ kind: 'voice', attachments: [{ type: 'voice', state: 'processing' }] })
  await system.settle()
  const { attachments } = await ben.api.messages.get({ params: { ...params, message_id: sent.message_id } })
  const [note] = attachments
  if (note?.type !== 'voice' || !note.url) throw new Error('not heard')
  expect(Math.abs(note.duration_ms - 2000)).toBeLessThan(100)
  expect(note.waveform).toHaveLength(64)
  const heard = await get(note.url)
  expect(heard.headers.get('content-type')).toBe('audio/mp4')
  const file = join(folder, 'heard.m4a')
  await writeFile(file, Buffer.from(await heard.arrayBuffer()))
  const said = await describeFilm(file)
  expect(said).toMatchObject({ picture: 0, channels: 1 })
  expect(Math.abs(said.sound - 2)).toBeLessThan(0.1)
  expect(await statusOf(note.url.replace(ben.id, cleo.id))).toBe(404)
  expect(await statusOf(note.url.replace(/\?.*/, ''))).toBe(404)
})

it('captions are cleaned, shown to whoever may see the film, in the archive, and gone with it', async () => {
  await ana.api.members.update({ body: { privacy_level: 'public' } })
  const path = join(folder, 'said.mp4')
  await makeClip(path, { seconds: 1 })
  const { media_id } = await posted(await readFile(path))
  const post_id = lastPost
  const params = { media_id }
  const body = { text: 'WEBVTT\n\n00:00.000 --> 00:01.000\n<b>Low</b> tide', language: 'en' }
  const codeOf = (asked: Promise<unknown>) => asked.then(String, (error) => error.code)
  expect(await codeOf(ben.api.media.setCaptions({ params, body }))).toBe('not_found')
  expect(await codeOf(ana.api.media.setCaptions({ params, body: { ...body, text: 'Hello' } }))).toBe(
    'captions_invalid',
  )
  await ana.api.media.setCaptions({ params, body })
  await system.settle()
  const shown = async (to: Person) => {
    const [film] = (await to.post(post_id)).media
    return film?.type === 'video' ? film.captions : undefined
  }
  const captions = await shown(ben)
  expect(captions?.language).toBe('en')
  const found = await get(captions?.url ?? '')
  expect(found.headers.get('content-type')).toBe('text/vtt; charset=utf-8')
  expect(await found.text()).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nLow tide\n')
  const status = async () => (await get(captions?.url ?? '')).status
  expect((await get((captions?.url ?? '').replace(/\?.*/, ''))).status).toBe(404)
  // Whoever goes private takes back what was given out, this as well.
  await ana.api.members.update({ body: { privacy_level: 'private' } })
  await system.settle()
  expect(await status()).toBe(404)
  await ana.api.members.update({ body: { privacy_level: 'public' } })
  const again = await shown(ana)
  expect(again).toBeDefined()
  await ana.api.media.removeCaptions({ params })
  await system.settle()
  expect(await shown(ben)).toBeUndefined()
  expect((await get(again?.url ?? '')).status).toBe(404)
  await ana.api.media.setCaptions({ params, body })
  await ana.api.posts.delete({ params: { post_id } })
  await system.settle()
  expect(await codeOf(ana.api.media.setCaptions({ params, body }))).toBe('not_found')
})
