import { limits, type MediaId, type PictureScore } from '@tintype/contract'
import { bind } from '../../gateway/binding.ts'
import type { Logger } from '../../kit/logger.ts'
import type { ModuleParts } from '../module.ts'
import { MediaArchiving } from './archiving.ts'
import { Captions } from './captions.ts'
import { Collection } from './collection.ts'
import { mediaConsumers } from './consumers.ts'
import { mediaDelivery } from './delivery.ts'
import type { MediaDeps } from './deps.ts'
import { fileKinds } from './file-kinds.ts'
import { LadderStep } from './film-later.ts'
import { FilmRenderer } from './film-renderer.ts'
import { mediaHandlers } from './handlers.ts'
import type { Imaging } from './imaging/pool.ts'
import { LaterStep } from './later.ts'
import { MediaLinks } from './links.ts'
import { Originals } from './originals.ts'
import { mediaData } from './personal-store.ts'
import { PictureHashes } from './picture-hashes.ts'
import { Processing } from './processing.ts'
import { Renderer } from './renderer.ts'
import { Renewal } from './renewal.ts'
import { readScores } from './scoring/score-store.ts'
import { Scoring } from './scoring/scoring.ts'
import { MediaService } from './service.ts'
import { temporaryFolder } from './temporary.ts'
import { type SmallPictures, smallPictures } from './thumbnail.ts'
import { Uploads } from './uploads.ts'
import { FilmLine } from './video/film-line.ts'
import { type VideoLimits, videoFault } from './video/support.ts'

export type { MediaDeps } from './deps.ts'
export { type ImagingPools, openImagingPools } from './imaging/pools.ts'
export type { CheckedUpload } from './uploads.ts'

export interface MediaModule extends ModuleParts, Disposable {
  plugin: NonNullable<ModuleParts['plugin']>
  service: MediaService
  archiving: MediaArchiving
  smallPicture: SmallPictures['middle']
  /** What pictures look like that stand here. */
  hashes: PictureHashes['of']
  /** What a program takes them for, those that were looked at. */
  scores(ids: readonly MediaId[]): Promise<PictureScore[]>
}

/** What is taken of films here; undefined, and said, where none can be made on this machine. */
export function usableVideo(
  wanted: VideoLimits | undefined,
  logger: Pick<Logger, 'warn'>,
): VideoLimits | undefined {
  const fault = wanted && videoFault()
  if (fault) logger.warn({ fault }, 'Video is off: uploads of videos and voice notes are refused.')
  return fault ? undefined : wanted
}

export function mediaModule(deps: MediaDeps): MediaModule {
  const links = new MediaLinks(deps)
  const temporary = temporaryFolder()
  const { first, later: low, scorer } = deps.imaging
  const rendererOn = (imaging: Imaging) =>
    new Renderer({ objectStore: deps.objectStore, imaging, temporaryFolder: temporary.path })
  const photo = rendererOn(first)
  const kinds = fileKinds(photo, deps.video)
  const film = new FilmRenderer({
    objectStore: deps.objectStore,
    imaging: first,
    line: new FilmLine(deps.videoProcesses),
    temporaryFolder: temporary.path,
    threads: deps.videoThreads,
    limits: deps.video ?? { seconds: limits.videoSeconds, bytes: limits.videoBytes },
  })
  const renderers = { photo, film }
  const uploads = new Uploads({ ...deps, kinds })
  const service = new MediaService(deps, links, uploads)
  const receiving = deps.objectStore.onReceived((object, bytes) => {
    uploads.noteReceived(object, bytes).catch((err: unknown) => {
      // It is looked at again when it is used.
      deps.logger.warn({ err, key: object.key }, 'upload could not be examined')
    })
  })
  const processing = new Processing(deps, renderers)
  const later = new LaterStep(deps, rendererOn(low), first)
  const ladder = new LadderStep(deps, film)
  const small = smallPictures(low, temporary.path)
  const scoring = new Scoring({ ...deps, scorer, uploadsPool: first, temporaryFolder: temporary.path })
  const originals = new Originals(deps, links)
  const renewal = new Renewal(deps, renderers)
  const collection = new Collection(deps, uploads, service)
  return {
    service,
    archiving: new MediaArchiving(deps),
    smallPicture: small.middle,
    hashes: new PictureHashes({ ...deps, small }).of,
    scores: (ids) => readScores(deps.db.query, ids),
    plugin: mediaDelivery({ ...deps, media: service, links, renewal, originals }),
    personal: mediaData(deps.db),
    routes: bind('media', mediaHandlers(uploads, originals, new Captions(deps))),
    // Asked for when every module stands: those that serve subjects with media are built on this one.
    get consumers() {
      return mediaConsumers({ processing, later, ladder, collection, scoring }, deps)
    },
    erase: (member) => collection.erase(member),
    rebuilds: [{ name: 'picture-scores', run: (signal) => scoring.scoreAll(signal) }],
    schedules: [{ name: 'media.collect', everySeconds: 300, run: (signal) => collection.collect(signal) }],
    [Symbol.dispose]() {
      receiving[Symbol.dispose]()
      temporary[Symbol.dispose]()
    },
  }
}
