import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../kit/clock.ts'
import type { EngineReach } from '../reach.ts'
import type { ObjectStore } from './port.ts'

interface Options {
  settings: { dataDir: string; secret: string; publicUrl: string }
  clock: Clock
}

export interface OpenObjectStore {
  objectStore: ObjectStore
  /** Routes, where the store serves its bytes itself. */
  plugin: (app: FastifyInstance) => Promise<void>
}

export const objectStoreReach = (): EngineReach => ({
  reach: 'machine',
  adapter: 'the folder of objects in DATA_DIR',
})

/** Files in DATA_DIR. */
export async function openObjectStore({ settings, clock }: Options): Promise<OpenObjectStore> {
  const [{ FileObjectStore }, { objectStoreRoutes }] = await Promise.all([
    import('./files/object-store.ts'),
    import('./files/routes.ts'),
  ])
  const objectStore = await FileObjectStore.open({
    directory: join(settings.dataDir, 'objects'),
    secret: settings.secret,
    clock,
    baseUrl: settings.publicUrl,
  })
  return { objectStore, plugin: objectStoreRoutes(objectStore) }
}
