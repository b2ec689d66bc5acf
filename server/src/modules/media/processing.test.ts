import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MediaId, type PostId, postSubject, TintypeError, type UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../engines/event-log/port.ts'
import { FileObjectStore } from '../../engines/object-store/files/object-store.ts'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { createLogger } from '../../kit/logger.ts'
import { DecoderCrash } from './decoder-process.ts'
import type { FilmRenderer } from './film-renderer.ts'
import type { ImagingTask, Processed } from './imaging/process.ts'
import { Processing } from './processing.ts'
import { recipeOf } from './recipe.ts'
import { Renderer } from './renderer.ts'
import * as store from './store.ts'

const clock = new FakeClock()
const going = new AbortController().signal
let test: TestDb
let folder: string
let objectStore: FileObjectStore
let told: NewEvent[]
let imaging: { runs: number; run(task: ImagingTask): Promise<Processed> }
let processing: Processing

beforeEach(async () => {
  test = await openTestDb()
  folder = await mkdtemp(join(tmpdir(), 'tintype-processing-'))
  objectStore = await FileObjectStore.open({ directory: join(folder, 'objects'), secret: 'test', clock })
  told = []
  imaging = {
    runs: 0,
    async run() {
      this.runs += 1
      return picture
    },
  }
  const outbox = notingOutbox((events) => told.push(...events))
  const logger = createLogger({ level: 'silent', pretty: false })
  const renderer = new Renderer({
    objectStore,
    temporaryFolder: folder,
    imaging: { run: (task) => imaging.run(task) },
  })
  const broadcast = { publish: async () => {} }
  const film = {} as FilmRenderer
  const knownPictures = { recognise: async () => undefined }
  processing = new Processing(
    { db: test.db, outbox, broadcast, clock, logger, knownPictures },
    { photo: renderer, film },
  )
})
afterEach(async () => {
  await objectStore[Symbol.asyncDispose]()
  await test[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const bytes = Buffer.from('webp')
const picture: Processed = {
  width: 20,
  height: 10,
  thumbhash: 'aGFzaA==',
  dominant_color: '#112233',
  hashes: [],
  renditions: [{ width: 20, height: 10, content_type: 'image/webp', bytes }],
}

/** A row that waits, its original in the store. */
async function uploaded(content = 'original'): Promise<Event<'media.uploaded'>> {
  const media_id = newId<MediaId>()
  const owner_id = newId<UserId>()
  const post_id = newId<PostId>()
  const original_sha256 = createHash('sha256').update(content).digest('hex')
  const original_key = `uploads/${media_id}`
  await objectStore.put(original_key, Buffer.from(content), { contentType: 'image/jpeg' })
  await sql`
    insert into media (media_id, owner_id, kind, subject_kind, subject_id, subject_partition, purpose, state, original_key, original_type, original_sha256, edit, recipe, created_at)
    values (${media_id}, ${owner_id}, 'photo', 'post', ${post_id}, ${post_id}, 'post', 'processing', ${original_key}, 'image/jpeg', ${original_sha256}, '{}',
            ${recipeOf({ kind: 'photo', sha256: original_sha256, edit: {}, purpose: 'post' })}, ${new Date(clock.now())})`.execute(
    test.db.query,
  )
  const payload = { media_ids: [media_id], subject: postSubject(post_id), owner_id }
  return { id: newId(), type: 'media.uploaded', key: post_id, payload, at: clock.now(), attempt: 1 }
}
const stateOf = async ({ payload }: Event<'media.uploaded'>) =>
  (await store.readMedia(test.db.query, payload.media_ids))[0]?.state
const toldTypes = () => told.map(({ type }) => type)

describe('processing', () => {
  it('makes a picture ready and tells so once, however often it is asked', async () => {
    const event = await uploaded()
    await processing.process(event, going)
    await processing.process(event, going)
    expect(await stateOf(event)).toBe('ready')
    expect(toldTypes()).toEqual(['media.ready', 'media.avif_wanted'])
    expect(imaging.runs).toBe(1)
  })

  it('does not repeat what a killed run had finished', async () => {
    const event = await uploaded()
    const tx = test.db.tx.bind(test.db)
    let transactions = 0
    // The second transaction is the one that would have made it ready.
    test.db.tx = (work, options) =>
      ++transactions === 2 ? Promise.reject(new Error('killed')) : tx(work, options)
    await expect(processing.process(event, going)).rejects.toThrow('killed')
    expect(await stateOf(event)).toBe('processing')
    await processing.process({ ...event, attempt: 2 }, going)
    expect(await stateOf(event)).toBe('ready')
    expect(imaging.runs).toBe(1)
  })

  it('makes renditions once for equal originals', async () => {
    const events = [await uploaded('same'), await uploaded('same')]
    for (const event of events) await processing.process(event, going)
    expect(imaging.runs).toBe(1)
    expect(await Promise.all(events.map(stateOf))).toEqual(['ready', 'ready'])
  })

  it('tries again what may pass by itself', async () => {
    const event = await uploaded()
    const { run } = imaging
    imaging.run = () => Promise.reject(new Error('no space left'))
    await expect(processing.process(event, going)).rejects.toThrow('no space left')
    expect(toldTypes()).toEqual([])
    imaging.run = run
    await processing.process({ ...event, attempt: 2 }, going)
    expect(await stateOf(event)).toBe('ready')
  })

  it('fails at once where the file is to blame', async () => {
    const event = await uploaded()
    imaging.run = () => Promise.reject(new TintypeError('media_truncated'))
    await processing.process(event, going)
    await processing.process(event, going)
    expect(await stateOf(event)).toBe('failed')
    expect(told).toEqual([{ type: 'media.failed', payload: { ...event.payload, code: 'media_truncated' } }])
  })

  it.each([
    ['crash', 'media_corrupt'],
    ['timeout', 'media_corrupt'],
    ['memory', 'media_too_many_pixels'],
  ] as const)('takes the third %s of its process for the fault of the file', async (reason, code) => {
    const event = await uploaded()
    imaging.run = () => Promise.reject(new DecoderCrash(reason, 'test'))
    for (const attempt of [1, 2])
      await expect(processing.process({ ...event, attempt }, going)).rejects.toThrow(reason)
    await processing.process({ ...event, attempt: 3 }, going)
    expect(told).toMatchObject([{ type: 'media.failed', payload: { code } }])
  })

  it('refuses a file that was exchanged after it had been checked', async () => {
    const event = await uploaded()
    const key = `uploads/${event.payload.media_ids[0]}`
    await objectStore.put(key, Buffer.from('another file'), { contentType: 'image/jpeg' })
    await processing.process(event, going)
    expect(told).toMatchObject([{ type: 'media.failed', payload: { code: 'media_hash_mismatch' } }])
    expect(imaging.runs).toBe(0)
  })

  it('says nothing of a picture that was released meanwhile', async () => {
    const event = await uploaded()
    const { run } = imaging
    imaging.run = async (task) => {
      await store.setReleased(test.db.query, event.payload.media_ids, new Date(clock.now()))
      return run.call(imaging, task)
    }
    await processing.process(event, going)
    expect(toldTypes()).toEqual([])
    expect(await stateOf(event)).toBe('released')
  })

  it('leaves no file behind on its way', async () => {
    await processing.process(await uploaded(), going)
    expect(await readdir(folder)).toEqual(['objects'])
  })
})
