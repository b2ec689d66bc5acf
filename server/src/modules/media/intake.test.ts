import { type ErrorCode, TintypeError, type UploadId } from '@tintype/contract'
import { type Person, type Photo, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import * as spoiled from '@tintype/testkit/media/spoiled'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let system: TestSystem
let ana: Person
beforeAll(async () => {
  system = await startSystem()
  const [first] = await system.people('ana')
  ana = first
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

const collect = async () => {
  const schedule = system.system.schedules.find(({ name }) => name === 'media.collect')
  await schedule?.run(new AbortController().signal)
}

describe('a link', () => {
  it('is good once: what was confirmed, given up or refused cannot be replaced', async () => {
    const file = await photo(82)
    const other = Buffer.alloc(file.size, 'x')
    const [used, given, faulty] = [
      await ticketOf(ana, file),
      await ticketOf(ana, file),
      await ticketOf(ana, announce(other, file.content_type)),
    ]
    for (const ticket of [used, given]) await put(ticket.url, file.bytes, ticket.headers)
    await put(faulty.url, other, faulty.headers)
    const post = await confirm(ana, used.upload_id)
    await ana.api.media.cancelUpload({ params: { upload_id: given.upload_id } })
    expect(await codeOf(confirm(ana, faulty.upload_id))).toBe('media_type_mismatch')
    await system.settle()
    for (const ticket of [used, given, faulty])
      for (const bytes of [file.bytes, other])
        expect((await put(ticket.url, bytes, ticket.headers)).ok).toBe(false)
    const media_id = (await ana.post(post.post_id)).media[0]?.media_id
    if (!media_id) throw new Error('no picture')
    const { url } = await ana.api.media.original({ params: { media_id } })
    const original = await fetch(new URL(url, system.baseUrl))
    expect(Buffer.from(await original.arrayBuffer()).equals(file.bytes)).toBe(true)
    await ana.delete(post)
    await system.settle()
    system.clock.advance(11 * 60_000)
    await collect()
    expect((await put(used.url, file.bytes, used.headers)).ok).toBe(false)
  })
})

describe('what a file is', () => {
  it.each([
    'image/jpg',
    'image/pjpeg',
    'IMAGE/JPEG',
    'image/jpeg; q=1',
    'application/octet-stream',
    '',
    'image/png',
  ])('is told by its bytes, also when it is announced as "%s"', async (content_type) => {
    const post = await ana.share({ photos: [{ ...(await photo(83)), content_type }] })
    await system.settle()
    expect((await ana.post(post.post_id)).status).toBe('published')
  })

  it('is told by its bytes in the one-call form as well', async () => {
    const body = new FormData()
    for (const [seed, type] of [
      [84, ''],
      [85, 'text/plain'],
      [86, 'image/x-unknown'],
    ] as const)
      body.append('file', new Blob([new Uint8Array((await photo(seed)).bytes)], { type }), 'photo.pic')
    const { post_id } = await ana.api.posts.create({ body })
    await system.settle()
    expect(await ana.post(post_id)).toMatchObject({ status: 'published', media: { length: 3 } })
  })

  it('is a picture also where only its end marker is missing, and incomplete where pixels are', async () => {
    const whole = await ana.share({ photos: [announce(await spoiled.jpegWithoutEnd(), 'image/jpeg')] })
    await system.settle()
    expect((await ana.post(whole.post_id)).status).toBe('published')
    const [cut] = await ana.upload([announce(await spoiled.jpegWithoutEnd(40), 'image/jpeg')])
    expect(await codeOf(confirm(ana, cut as UploadId))).toBe('media_truncated')
  })
})

describe('a crop', () => {
  it('below the smallest picture is refused, and the upload can be used with another', async () => {
    const [id] = await ana.upload([await photo(87)])
    const cut = (width: number, height: number) => ({
      body: { upload_ids: [id as UploadId], edits: [{ crop: { x: 0.1, y: 0.1, width, height } }] },
    })
    for (const [width, height] of [
      [0.04, 0.04],
      [0.9, 0.04],
      [0.04, 0.9],
    ] as const)
      expect(await codeOf(ana.api.posts.confirm(cut(width, height)))).toBe('media_too_small')
    const post = await ana.api.posts.confirm(cut(16 / 320, 16 / 240))
    await system.settle()
    expect((await ana.post(post.post_id)).media[0]).toMatchObject({ width: 16, height: 16 })
  })
})

describe('a form that becomes nothing', () => {
  it('leaves its member the room they had', async () => {
    const [kim] = await system.people('kim')
    // 55 of the 60 places are taken, so that six forms that leave something behind would show.
    const files = (count: number) =>
      Array.from({ length: count }, () => ({ content_type: 'image/jpeg', size: 9 }))
    for (const count of [10, 10, 10, 10, 10, 5])
      await kim.api.media.requestUploads({ body: { files: files(count) } })
    const before = await storedFiles()
    const good = new Blob([new Uint8Array((await photo(88)).bytes)], { type: 'image/jpeg' })
    const broken: [name: string, value: string | Blob][] = [
      ['file', new Blob([spoiled.nonsense])],
      ['file', new Blob([])],
      ['location', '{nonsense'],
      ['colour', 'red'],
      ['caption', 'x'.repeat(3000)],
      ['caption', '#a '.repeat(40)],
    ]
    for (const [name, value] of broken) {
      const body = new FormData()
      body.append('file', good, 'a.jpg')
      body.append(name, value)
      expect(await codeOf(kim.api.posts.create({ body }))).not.toBe('fine')
    }
    expect(await storedFiles()).toBe(before)
    expect(await codeOf(kim.api.media.requestUploads({ body: { files: files(5) } }))).toBe('fine')
  })
})
