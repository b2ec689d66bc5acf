import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { TintypeError, type UserId } from '@tintype/contract'
import { photo } from '@tintype/testkit'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import { FileObjectStore } from '../../engines/object-store/files/object-store.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { fileKinds } from './file-kinds.ts'
import { Renderer } from './renderer.ts'
import { Uploads } from './uploads.ts'

const owner = newId<UserId>()
let test: TestDb
let folder: string
let objectStore: FileObjectStore
let uploads: Uploads

beforeEach(async () => {
  test = await openTestDb()
  folder = await mkdtemp(join(tmpdir(), 'tintype-uploads-'))
  const clock = new FakeClock()
  objectStore = await FileObjectStore.open({ directory: folder, secret: 'test', clock })
  const cache = localCache({ clock })
  const imaging = { run: () => Promise.reject(new TintypeError('media_truncated')) }
  const kinds = fileKinds(new Renderer({ objectStore, imaging, temporaryFolder: folder }), undefined)
  uploads = new Uploads({ db: test.db, cache, objectStore, clock, kinds })
})
afterEach(async () => {
  await objectStore[Symbol.asyncDispose]()
  await test[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** An upload that is announced, and the way its bytes come in. */
async function announced(size: number, sha256?: string) {
  const body = { files: [{ content_type: 'image/jpeg', size, ...(sha256 ? { sha256 } : {}) }] }
  const [ticket] = await uploads.requestUploads(owner, body)
  if (!ticket) throw new Error('no ticket')
  const { pathname, searchParams } = new URL(ticket.url, 'http://localhost')
  const key = pathname.slice('/objects/'.length)
  const permit = objectStore.checkLink('PUT', key, Object.fromEntries(searchParams))
  if (permit.method !== 'PUT') throw new Error('a link to put')
  return {
    id: ticket.upload_id,
    send: (bytes: Buffer) => objectStore.receive(permit, Readable.from([bytes])),
  }
}

it('what came in is looked at then, and not read again when it is used', async () => {
  const { bytes, sha256 } = await photo(1)
  using _ = objectStore.onReceived((info, received) => void uploads.noteReceived(info, received))
  const { id, send } = await announced(bytes.length, sha256)
  const read = [vi.spyOn(objectStore, 'head'), vi.spyOn(objectStore, 'get')]
  await send(bytes)
  expect(await uploads.checkUploads(owner, [id], 'post')).toMatchObject([{ type: 'image/jpeg', sha256 }])
  for (const spy of read) expect(spy).not.toHaveBeenCalled()
})

it('what came in through another process is read', async () => {
  const { bytes, sha256 } = await photo(2)
  const { id, send } = await announced(bytes.length)
  await expect(uploads.checkUploads(owner, [id], 'post')).rejects.toMatchObject({ code: 'upload_incomplete' })
  await send(bytes)
  expect(await uploads.checkUploads(owner, [id], 'post')).toMatchObject([{ type: 'image/jpeg', sha256 }])
})

it('the first bytes that came through a link are those that count, also while more come', async () => {
  const { bytes, sha256 } = await photo(3)
  const other = Buffer.from(bytes)
  other.writeUInt8(other.readUInt8(200) ^ 1, 200)
  using _ = objectStore.onReceived((info, received) => void uploads.noteReceived(info, received))
  const { id, send } = await announced(bytes.length)
  await send(bytes)
  const [checked, late] = await Promise.allSettled([uploads.checkUploads(owner, [id], 'post'), send(other)])
  expect(checked).toMatchObject({ status: 'fulfilled', value: [{ sha256 }] })
  expect(late).toMatchObject({ status: 'rejected', reason: { code: 'upload_already_used' } })
  expect((await objectStore.head(`uploads/${id}`))?.sha256).toBe(sha256)
})

it('a fault found as it came in is told when it is used, and the file is gone then', async () => {
  const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
  using _ = objectStore.onReceived((info, received) => void uploads.noteReceived(info, received))
  const { id, send } = await announced(bytes.length)
  await send(bytes)
  await expect(uploads.checkUploads(owner, [id], 'post')).rejects.toMatchObject({
    code: 'media_type_unsupported',
  })
  expect(await objectStore.head(`uploads/${id}`)).toBeUndefined()
})

it('of more announcements at once than a member may have under way, as many are taken as are allowed', async () => {
  const body = { files: [{ content_type: 'image/jpeg', size: 100 }] }
  const large = { files: [{ content_type: 'image/jpeg', size: 9 * 1024 * 1024 }] }
  const outcomes = await Promise.allSettled(
    Array.from({ length: 80 }, (_, n) => uploads.requestUploads(owner, n % 2 ? body : large)),
  )
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
  expect(refused).toEqual(Array(20).fill('quota_exceeded'))
})
