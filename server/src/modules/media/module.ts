import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Collection } from './collection.ts'
import { mediaConsumers } from './consumers.ts'
import { mediaDelivery } from './delivery.ts'
import type { MediaDeps } from './deps.ts'
import { fileKinds } from './file-kinds.ts'
import { mediaHandlers } from './handlers.ts'
import type { Imaging } from './imaging/pool.ts'
import { LaterStep } from './later.ts'
import { MediaLinks } from './links.ts'
import { Originals } from './originals.ts'
import { Processing } from './processing.ts'
import { Renderer } from './renderer.ts'
import { Renewal } from './renewal.ts'
import { MediaService } from './service.ts'
import { temporaryFolder } from './temporary.ts'
import { Uploads } from './uploads.ts'

export { type ImagingPools, openImagingPools } from './imaging/pools.ts'

export interface MediaModule extends ModuleParts, Disposable {
  plugin: NonNullable<ModuleParts['plugin']>
  service: MediaService
}

export function mediaModule(deps: MediaDeps): MediaModule {
  const links = new MediaLinks(deps)
  const temporary = temporaryFolder()
  const { first, later: low } = deps.imaging
  const rendererOn = (imaging: Imaging) =>
    new Renderer({ objectStore: deps.objectStore, imaging, temporaryFolder: temporary.path })
  const kinds = fileKinds(rendererOn(first))
  const uploads = new Uploads({ ...deps, kinds })
  const service = new MediaService(deps, links, uploads)
  const receiving = deps.objectStore.onReceived((object, bytes) => {
    uploads.noteReceived(object, bytes).catch((err: unknown) => {
      // It is looked at again when it is used.
      deps.logger.warn({ err, key: object.key }, 'upload could not be examined')
    })
  })
  const processing = new Processing(deps, kinds)
  const later = new LaterStep(deps, fileKinds(rendererOn(low)), first)
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
    [Symbol.dispose]() {
      receiving[Symbol.dispose]()
      temporary[Symbol.dispose]()
    },
  }
}
