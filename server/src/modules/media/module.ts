import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Collection } from './collection.ts'
import { mediaConsumers } from './consumers.ts'
import { mediaDelivery } from './delivery.ts'
import type { MediaDeps } from './deps.ts'
import { fileKinds } from './file-kinds.ts'
import { mediaHandlers } from './handlers.ts'
import { MemoryBudget } from './imaging/memory-budget.ts'
import { ImagingPool } from './imaging/pool.ts'
import { LaterStep } from './later.ts'
import { MediaLinks } from './links.ts'
import { Originals } from './originals.ts'
import { Processing } from './processing.ts'
import { Renderer } from './renderer.ts'
import { Renewal } from './renewal.ts'
import { MediaService } from './service.ts'
import { temporaryFolder } from './temporary.ts'
import { Uploads } from './uploads.ts'

export interface MediaModule extends ModuleParts, AsyncDisposable {
  plugin: NonNullable<ModuleParts['plugin']>
  service: MediaService
}

/** Processes are started by the first picture, so that a process without the worker role has none. */
export function mediaModule(deps: MediaDeps): MediaModule {
  const links = new MediaLinks(deps)
  const temporary = temporaryFolder()
  const memory = new MemoryBudget()
  const pool = new ImagingPool({ processes: deps.mediaThreads, memory })
  const lowPool = new ImagingPool({ processes: 1, niceness: 10, memory })
  const rendererOn = (imaging: ImagingPool) =>
    new Renderer({ objectStore: deps.objectStore, imaging, temporaryFolder: temporary.path })
  const kinds = fileKinds(rendererOn(pool))
  const uploads = new Uploads({ ...deps, kinds })
  const service = new MediaService(deps, links, uploads)
  const receiving = deps.objectStore.onReceived((object, bytes) => {
    uploads.noteReceived(object, bytes).catch((err: unknown) => {
      // It is looked at again when it is used.
      deps.logger.warn({ err, key: object.key }, 'upload could not be examined')
    })
  })
  const processing = new Processing(deps, kinds)
  const later = new LaterStep(deps, fileKinds(rendererOn(lowPool)), pool)
  const originals = new Originals(deps, links)
  const renewal = new Renewal(deps, kinds)
  const collection = new Collection(deps, uploads, service)
  return {
    service,
    plugin: mediaDelivery({ ...deps, media: service, links, renewal, originals }),
    routes: bind('media', mediaHandlers(uploads, originals)),
    // Asked for when every module stands: those that serve subjects with media are built on this one.
    get consumers() {
      return mediaConsumers(processing, later, collection, deps)
    },
    erase: (member) => collection.erase(member),
    rebuilds: [],
    schedules: [{ name: 'media.collect', everySeconds: 300, run: (signal) => collection.collect(signal) }],
    async [Symbol.asyncDispose]() {
      receiving[Symbol.dispose]()
      await pool[Symbol.asyncDispose]()
      await lowPool[Symbol.asyncDispose]()
      temporary[Symbol.dispose]()
    },
  }
}
