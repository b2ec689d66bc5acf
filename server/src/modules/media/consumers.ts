import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Collection } from './collection.ts'
import type { MediaDeps } from './deps.ts'
import type { LaterStep } from './later.ts'
import type { Processing } from './processing.ts'

/** An object store that is away for an hour must not cost a post. */
const ATTEMPTS = 60

export function mediaConsumers(
  processing: Pick<Processing, 'process'>,
  later: Pick<LaterStep, 'makeLater'>,
  collection: Pick<Collection, 'dropAttached'>,
  { mediaThreads, subjects }: Pick<MediaDeps, 'mediaThreads' | 'subjects'>,
): Consumer[] {
  const subjectsWithMedia = subjects.withMedia()
  return [
    consumer({
      group: 'media',
      types: ['media.uploaded'],
      // One more than is decoded at once: its file is fetched meanwhile.
      concurrency: mediaThreads + 1,
      maxAttempts: ATTEMPTS,
      handle: (event) => processing.process(event),
    }),
    consumer({
      group: 'media.avif',
      types: ['media.avif_wanted'],
      concurrency: 1,
      handle: (event) => later.makeLater(event.payload.media_id),
    }),
    consumer({
      group: 'media.erasure',
      types: subjectsWithMedia.endTypes(),
      handle: (event) => collection.dropAttached(subjectsWithMedia.ended(event)),
    }),
  ]
}
