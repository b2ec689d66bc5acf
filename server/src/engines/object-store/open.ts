import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { EngineReach } from '../reach.ts'
import type { mirrorObjects } from './backup.ts'
import type { Move, Moved } from './move.ts'
import type { ObjectStore } from './port.ts'
import type { BucketReport } from './s3/bucket.ts'
import { named, type S3Settings, s3Settings } from './s3/settings.ts'

type Plugin = (app: FastifyInstance) => Promise<void>
type Settings = ReturnType<typeof objectStoreSettings>

export const objectStoreSettings = (read: SettingsReader) => {
  const s3 = s3Settings(read)
  const objectsFrom = read.oneOf('OBJECTS_FROM', '', ['', 'files', 's3'])
  const fromS3 = objectsFrom === 's3' ? s3Settings(named('FROM_', read)) : undefined
  if (objectsFrom === 's3' && !fromS3)
    read.mistakes.push('OBJECTS_FROM is s3, but FROM_S3_BUCKET is not set.')
  if (objectsFrom === 'files' && !s3)
    read.mistakes.push('OBJECTS_FROM is files, which is where objects are without S3_BUCKET.')
  return {
    /** A bucket for objects; undefined: files in DATA_DIR. */
    s3,
    /** Where objects were before, and are while they are moved. */
    movingFrom: fromS3 ?? (objectsFrom === 'files' ? ('files' as const) : undefined),
  }
}

interface Options {
  settings: Settings & { dataDir: string; secret: string; publicUrl: string }
  clock: Clock
}

export interface OpenObjectStore {
  objectStore: ObjectStore
  /** Routes, where the store serves its bytes itself. */
  plugins: Plugin[]
  /** Where pages send uploads that do not come to this server. */
  origins: string[]
}

interface OneStore {
  store: ObjectStore
  plugins: Plugin[]
}

export const objectStoreReach = ({ s3, movingFrom }: Settings): EngineReach =>
  s3 && movingFrom !== 'files'
    ? { reach: 'cluster', adapter: 'S3' }
    : { reach: 'machine', adapter: 'the folder of objects in DATA_DIR' }

/** A bucket where one is named, else files in DATA_DIR; over the store that objects are moved from. */
export async function openObjectStore(options: Options): Promise<OpenObjectStore> {
  const { s3, movingFrom } = options.settings
  const { store, plugins } = await openOne(s3 ?? 'files', options)
  const origins = s3 ? [await originOf(store)] : []
  if (!movingFrom) return { objectStore: store, plugins, origins }
  const before = await openOne(movingFrom, options)
  const { MovingObjectStore } = await import('./moving.ts')
  const objectStore = new MovingObjectStore({ from: before.store, to: store })
  // Pages that are open still have links to it.
  if (movingFrom !== 'files') origins.push(await originOf(before.store))
  return { objectStore, plugins: [...plugins, ...before.plugins], origins }
}

async function openOne(where: S3Settings | 'files', { settings, clock }: Options): Promise<OneStore> {
  if (where !== 'files') {
    const { S3ObjectStore } = await import('./s3/object-store.ts')
    return { store: new S3ObjectStore(where), plugins: [] }
  }
  const [{ FileObjectStore }, { objectStoreRoutes }] = await Promise.all([
    import('./files/object-store.ts'),
    import('./files/routes.ts'),
  ])
  const store = await FileObjectStore.open({
    directory: join(settings.dataDir, 'objects'),
    secret: settings.secret,
    clock,
    baseUrl: settings.publicUrl,
  })
  return { store, plugins: [objectStoreRoutes(store)] }
}

/** As its links have it: Amazon's buckets are hosts of their own, others stand in the path. */
async function originOf(store: ObjectStore): Promise<string> {
  const { url } = await store.presignPut('any', { size: 1, contentType: 'image/png', expiresIn: 1 })
  return new URL(url).origin
}

/**
 * Makes sure, once for each server, that what is set can be worked with, and that pages of these origins may upload. `create`: also makes what is
 * missing. Throws StartFailure.
 */
export async function readyObjectStore(
  { s3 }: Settings,
  terms: { origins: readonly string[]; create: boolean },
): Promise<BucketReport> {
  if (!s3) return { done: [], refused: [] }
  const { readyBucket } = await import('./s3/bucket.ts')
  return await readyBucket(s3, terms)
}

export interface OpenMove extends AsyncDisposable {
  run(terms: Omit<Move, 'from' | 'to'>): Promise<Moved>
}

/** Undefined where no store is named that objects are moved from. */
export async function openMove(options: Options): Promise<OpenMove | undefined> {
  const { s3, movingFrom } = options.settings
  if (!movingFrom) return undefined
  await using opening = new AsyncDisposableStack()
  const from = opening.use((await openOne(movingFrom, options)).store)
  const to = opening.use((await openOne(s3 ?? 'files', options)).store)
  const { moveObjects } = await import('./move.ts')
  const opened = opening.move()
  return {
    run: (terms) => moveObjects({ ...terms, from, to }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export interface ObjectBackup extends AsyncDisposable {
  store: ObjectStore
  /** The copies, below the folder of a backup. */
  pool: ObjectStore & { writtenAt(key: string): Promise<number> }
  mirror: typeof mirrorObjects
  /** Keys of what may have come since then; undefined for a store that cannot tell. */
  keysSince: ((time: number) => AsyncIterable<string>) | undefined
}

/** The store, beside a folder that its objects are copied to, or brought back from. */
export async function openObjectBackup(options: Options, folder: string): Promise<ObjectBackup> {
  await using opening = new AsyncDisposableStack()
  const { objectStore: store } = await openObjectStore(options)
  opening.use(store)
  const [{ FileObjectStore }, { mirrorObjects }] = await Promise.all([
    import('./files/object-store.ts'),
    import('./backup.ts'),
  ])
  const { secret } = options.settings
  const pool = opening.use(await FileObjectStore.open({ directory: folder, secret, clock: options.clock }))
  const opened = opening.move()
  return {
    store,
    pool,
    mirror: mirrorObjects,
    keysSince: store instanceof FileObjectStore ? (time) => store.keysSince(time) : undefined,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
