import { type ErrorCode, type PhotoEdit, TintypeError, type UploadId } from '@tintype/contract'
import { type Person, type Photo, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import { photograph } from '@tintype/testkit/media/photographs'
import * as specimens from '@tintype/testkit/media/specimens'
import * as spoiled from '@tintype/testkit/media/spoiled'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'

let system: TestSystem
let ana: Person
let ben: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben] = await system.people('ana', 'ben')
})
afterAll(() => system[Symbol.asyncDispose]())

const storedFiles = async () => (await system.storedKeys()).length
const codeOf = (work: Promise<unknown>): Promise<ErrorCode | 'fine'> =>
  work.then(
    () => 'fine' as const,
    (error: unknown) => {
      if (error instanceof TintypeError) return error.code
      throw error
    },
  )
const request = (person: Person, file: Photo) =>
  person.api.media.requestUploads({
    body: { files: [{ content_type: file.content_type, size: file.size, sha256: file.sha256 }] },
  })
const ticketOf = async (person: Person, file: Photo) => {
  const [ticket] = (await request(person, file)).uploads
  if (!ticket) throw new Error('no ticket')
  return ticket
}
const put = (url: string, bytes: Buffer, headers: Record<string, string>) =>
  fetch(new URL(url, system.baseUrl), { method: 'PUT', headers, body: new Uint8Array(bytes) })
const confirm = (person: Person, ...upload_ids: UploadId[]) =>
  person.api.posts.confirm({ body: { upload_ids } })
/** A bucket refuses in words of its own. */
async function refused(sending: Promise<Response>, status: number, code: ErrorCode): Promise<void> {
  const answer = await sending
  expect(answer.ok).toBe(false)
  if (inject('clusterEngines')) return
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ error: { code } })
}

describe('an announcement', () => {
  it('is made by either address, of a kind that is named or not, for whatever it will be', async () => {
    const file = await photo(41)
    const { content_type, size, sha256 } = file
    for (const announceIt of [ana.api.media.requestUploads, ana.api.media.requestPostUploads])
      for (const kind of [undefined, 'photo'] as const) {
        const { uploads } = await announceIt({ body: { files: [{ kind, content_type, size, sha256 }] } })
        const [ticket] = uploads
        await put(ticket?.url ?? '', file.bytes, ticket?.headers ?? {})
        expect(await codeOf(confirm(ana, ticket?.upload_id as UploadId))).toBe('fine')
      }
    await system.settle()
  })

  it('of a kind that does not go by that type, or that there is not, is refused', async () => {
    const files = [{ kind: 'photo' as const, content_type: 'video/mp4', size: 10 }]
    expect(await codeOf(ana.api.media.requestUploads({ body: { files } }))).toBe('media_type_unsupported')
    const unknown = [{ kind: 'hologram' as 'photo', content_type: 'image/jpeg', size: 10 }]
    expect(await codeOf(ana.api.media.requestUploads({ body: { files: unknown } }))).toBe('validation_failed')
  })
})

describe('from announcement to post', () => {
  it('shows three sizes, a thumbhash and a colour, upright and without metadata', async () => {
    const post = await ana.share({ photos: [announce(await specimens.orientedJpeg(6), 'image/jpeg')] })
    expect(post.status).toBe('processing')
    await system.settle()
    const { media, status } = await ana.post(post.post_id)
    expect(status).toBe('published')
    expect(media[0]).toMatchObject({ type: 'photo', width: 96, height: 64 })
    expect(media[0]?.thumbhash).toMatch(/^[\w+/]+=*$/)
    expect(media[0]?.dominant_color).toMatch(/^#[0-9a-f]{6}$/)
    const bytes = Buffer.from(await (await fetch(new URL(media[0]?.url ?? '', system.baseUrl))).arrayBuffer())
    expect(bytes.includes('Tintype Test')).toBe(false)
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 96, height: 64 })
  })

  it('takes HEIC, crops and filters, and keeps the order of a carousel', async () => {
    const photos = [announce(await specimens.heic('turned'), 'image/heic'), await photo(1), await photo(2)]
    const edits: PhotoEdit[] = [
      { crop: { x: 0, y: 0, width: 0.5, height: 1 }, filter: 'cyanotype' },
      {},
      { filter: 'noir' },
    ]
    const post = await ana.share({ photos, edits })
    await system.settle()
    const { media } = await ana.post(post.post_id)
    expect(media.map(({ width, height }) => [width, height])).toEqual([
      [48, 64],
      [320, 240],
      [320, 240],
    ])
    expect(media.map((item) => item.media_id)).toEqual(media.map((item) => item.media_id).sort())
  })

  it('sends a large file in parts, and goes on where it stopped', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
    const large = await sharp({
      create: { width: 2000, height: 1800, channels: 3, background: '#888', noise },
    })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const ticket = await ticketOf(ana, announce(large, 'image/png'))
    const { parts = [], part_size = 0 } = ticket.multipart ?? {}
    expect(parts).toHaveLength(Math.ceil(large.length / part_size))
    const send = (number: number) =>
      put(parts[number - 1]?.url ?? '', large.subarray((number - 1) * part_size, number * part_size), {})
    await send(2)
    const status = () => ana.api.media.uploadStatus({ params: { upload_id: ticket.upload_id } })
    expect(await status()).toMatchObject({ state: 'pending', received_parts: [2] })
    expect(await codeOf(confirm(ana, ticket.upload_id))).toBe('upload_incomplete')
    for (const part of parts.filter(({ part_number }) => part_number !== 2)) await send(part.part_number)
    expect(await status()).toMatchObject({ state: 'complete' })
    const post = await confirm(ana, ticket.upload_id)
    await system.settle()
    expect((await ana.post(post.post_id)).status).toBe('published')
    expect(await status()).toMatchObject({ state: 'used' })
  })

  it('gives the original back to its owner alone, as it was', async () => {
    const bytes = await specimens.withGps('jpeg')
    const post = await ana.share({ photos: [announce(bytes, 'image/jpeg')] })
    await system.settle()
    const media_id = (await ana.post(post.post_id)).media[0]?.media_id
    if (!media_id) throw new Error('no picture')
    const { url } = await ana.api.media.original({ params: { media_id } })
    const answer = await fetch(new URL(url, system.baseUrl))
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="tintype-[\d-]+-\w+\.jpg"/,
    )
    expect(await codeOf(ben.api.media.original({ params: { media_id } }))).toBe('not_found')
  })
})

describe('bad input', () => {
  let before: number
  beforeAll(async () => {
    await system.settle()
    before = await storedFiles()
  })
  /** Each case leaves nothing behind. */
  afterEach(async () => {
    await system.settle()
    expect(await storedFiles()).toBe(before)
  })

  it.each([
    ['an empty file', { content_type: 'image/jpeg', size: 0 }, 'media_empty'],
    ['a type that is not taken', { content_type: 'image/svg+xml', size: 10 }, 'media_type_unsupported'],
    ['31 MB', { content_type: 'image/jpeg', size: 31 * 1024 * 1024 }, 'media_too_large'],
  ] as const)('%s is refused when announced', async (_, file, code) => {
    expect(await codeOf(ana.api.media.requestUploads({ body: { files: [file] } }))).toBe(code)
  })

  it.each([
    ['SVG', async () => spoiled.svg, 'image/png', 'media_type_unsupported'],
    ['a page', async () => spoiled.html, 'image/jpeg', 'media_type_unsupported'],
    ['text', async () => spoiled.nonsense, 'image/jpeg', 'media_type_mismatch'],
    ['a bomb', async () => spoiled.pngBomb(), 'image/png', 'media_too_many_pixels'],
    ['a truncated JPEG', () => spoiled.truncated('jpeg'), 'image/jpeg', 'media_truncated'],
    [
      'a polyglot',
      async () => (await spoiled.polyglots['PNG with a program in its text']?.()) ?? spoiled.html,
      'image/png',
      'media_type_unsupported',
    ],
    [
      'one pixel',
      () =>
        sharp({ create: { width: 1, height: 1, channels: 3, background: '#888' } })
          .png()
          .toBuffer(),
      'image/png',
      'media_too_small',
    ],
  ] as const)('%s is refused at confirm', async (_, bytes, type, code) => {
    const [id] = await ana.upload([announce(await bytes(), type)])
    if (!id) throw new Error('no upload')
    expect(await codeOf(confirm(ana, id))).toBe(code)
    expect(await codeOf(confirm(ana, id))).toBe('upload_not_found')
  })

  it('bytes that are not those announced', async () => {
    const file = await photo(77)
    const ticket = await ticketOf(ana, { ...file, sha256: '0'.repeat(64) })
    await refused(put(ticket.url, file.bytes, ticket.headers), 422, 'media_hash_mismatch')
    expect(await codeOf(confirm(ana, ticket.upload_id))).toBe('upload_incomplete')
    await ana.api.media.cancelUpload({ params: { upload_id: ticket.upload_id } })
    const shorter = await ticketOf(ana, file)
    await refused(put(shorter.url, file.bytes.subarray(1), shorter.headers), 422, 'media_size_mismatch')
    expect(await codeOf(confirm(ana, shorter.upload_id))).toBe('upload_incomplete')
    await ana.api.media.cancelUpload({ params: { upload_id: shorter.upload_id } })
  })

  it('links that were changed, or have expired', async () => {
    const file = await photo(78)
    const ticket = await ticketOf(ana, file)
    const changed = ticket.url.replace(/size=\d+/, 'size=9')
    await refused(put(changed, Buffer.alloc(9), ticket.headers), 403, 'signature_invalid')
    system.clock.advance(7 * 3600_000)
    await ana.logIn()
    // The signatures of a bucket go by the real time.
    if (!inject('clusterEngines'))
      await refused(put(ticket.url, file.bytes, ticket.headers), 403, 'signature_expired')
    expect(await codeOf(confirm(ana, ticket.upload_id))).toBe('upload_expired')
    await ben.logIn()
  })

  it('uploads of others, unknown ones, and ones that were given up', async () => {
    const [id] = await ana.upload([await photo(79)])
    if (!id) throw new Error('no upload')
    expect(await codeOf(confirm(ben, id))).toBe('upload_not_found')
    expect(await codeOf(ben.api.media.cancelUpload({ params: { upload_id: id } }))).toBe('upload_not_found')
    expect(await codeOf(ben.api.media.uploadStatus({ params: { upload_id: id } }))).toBe('upload_not_found')
    await ana.api.media.cancelUpload({ params: { upload_id: id } })
    expect(await codeOf(confirm(ana, id))).toBe('upload_not_found')
  })

  it('a file whose fault shows only in decoding fails its post, with the reason, and holds nobody up', async () => {
    const post = await ana.share({ photos: [announce(await spoiled.corruptPng(), 'image/png')] })
    const other = await ana.share({ photos: [await photo(80)] })
    await system.settle()
    expect(await ana.post(post.post_id)).toMatchObject({
      status: 'failed',
      media: [],
      failure: { code: 'media_corrupt' },
    })
    expect((await ana.post(other.post_id)).status).toBe('published')
    expect(await codeOf(ben.post(post.post_id))).toBe('not_found')
    await ana.delete(post)
    await ana.delete(other)
    await system.settle()
    system.clock.advance(11 * 60_000)
    await collect()
  })

  it.each([
    ['a type that is not taken', Buffer.from('x'), 'text/plain', 'media_type_unsupported'],
    ['an empty file', Buffer.alloc(0), 'image/jpeg', 'media_empty'],
    ['31 MB', Buffer.alloc(31 * 1024 * 1024), 'image/jpeg', 'media_too_large'],
    ['text', spoiled.nonsense, 'image/jpeg', 'media_type_mismatch'],
  ])('%s in the one-call form', async (_, bytes, type, code) => {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(bytes)], { type }), 'photo')
    expect(await codeOf(ana.api.posts.create({ body }))).toBe(code)
  })

  it('more files under way than anyone needs', async () => {
    const files = Array.from({ length: 10 }, () => ({ content_type: 'image/jpeg', size: 1000 }))
    const codes = []
    const [eve] = await system.people('eve')
    for (let i = 0; i < 7; i++) codes.push(await codeOf(eve.api.media.requestUploads({ body: { files } })))
    expect(codes).toEqual([...Array(6).fill('fine'), 'quota_exceeded'])
  })
})

it('makes one post of an upload, however often and from wherever it is confirmed', async () => {
  const [id] = await ana.upload([await photo(81)])
  if (!id) throw new Error('no upload')
  const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(confirm(ana, id))))
  expect(codes.sort()).toEqual(['fine', ...Array(4).fill('upload_already_used')])
  expect(await codeOf(ana.api.media.cancelUpload({ params: { upload_id: id } }))).toBe('upload_already_used')
})

const collect = async () => {
  const schedule = system.system.schedules.find(({ name }) => name === 'media.collect')
  await schedule?.run(new AbortController().signal)
}

describe('files that nobody needs any more', () => {
  it('go with their post, but not while another picture shares them', async () => {
    await system.settle()
    await collect()
    const before = await storedFiles()
    const bytes = await photograph('croissant')
    const [first, second] = [
      await ana.share({ photos: [announce(bytes, 'image/jpeg')] }),
      await ben.share({ photos: [announce(bytes, 'image/jpeg')] }),
    ]
    await system.settle()
    const both = await storedFiles()
    const url = new URL((await ben.post(second.post_id)).media[0]?.url ?? '', system.baseUrl)
    await ana.delete(first)
    await system.settle()
    system.clock.advance(11 * 60_000)
    await collect()
    expect(await storedFiles()).toBe(both - 1)
    expect((await fetch(url)).status).toBe(200)
    await ben.delete(second)
    await system.settle()
    expect((await fetch(url)).status).toBe(404)
    system.clock.advance(11 * 60_000)
    await collect()
    expect(await storedFiles()).toBe(before)
  })

  it('go when an upload was never finished or never used, and none come late', async () => {
    await collect()
    const before = await storedFiles()
    const [unused] = await ana.upload([await photo(90)])
    const file = await photo(91)
    const cancelled = await ticketOf(ana, file)
    await ana.api.media.cancelUpload({ params: { upload_id: cancelled.upload_id } })
    await refused(put(cancelled.url, file.bytes, cancelled.headers), 409, 'upload_already_used')
    expect(unused).toBeDefined()
    expect(await storedFiles()).toBe(before + 1)
    system.clock.advance(8 * 3600_000)
    await collect()
    expect(await storedFiles()).toBe(before)
    await ana.logIn()
  })

  it('go with their owner', async () => {
    const [cyd] = await system.people('cyd')
    await collect()
    const before = await storedFiles()
    const post = await cyd.share()
    await cyd.upload([await photo(92)])
    await system.settle()
    const url = new URL((await cyd.post(post.post_id)).media[0]?.url ?? '', system.baseUrl)
    await cyd.leave()
    expect((await fetch(url)).status).toBe(404)
    await system.settle()
    system.clock.advance(11 * 60_000)
    await collect()
    expect(await storedFiles()).toBe(before)
  })
})
