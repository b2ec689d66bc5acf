import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Collection } from './collection.ts'
import type { MediaDeps } from './deps.ts'
import type { LadderStep } from './film-later.ts'
import type { LaterStep } from './later.ts'
import type { Processing } from './processing.ts'
import type { Scoring } from './scoring/scoring.ts'

/** An object store that is away for an hour must not cost a post. */
const ATTEMPTS = 60

/** Films that wait in this process, so that the shortest of them can go first. */
const FILMS_WAITING = 16

interface MediaSteps {
  processing: Pick<Processing, 'process'>
  later: Pick<LaterStep, 'makeLater'>
  ladder: Pick<LadderStep, 'makeLadder'>
  collection: Pick<Collection, 'dropAttached'>
  scoring: Pick<Scoring, 'score'>
}

export function mediaConsumers(
  { processing, later, ladder, collection, scoring }: MediaSteps,
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
      handle: (event, signal) => processing.process(event, signal),
    }),
    consumer({
      group: 'media.films',
      types: ['media.film_uploaded'],
      concurrency: FILMS_WAITING,
      maxAttempts: ATTEMPTS,
      handle: (event, signal) => processing.process(event, signal),
    }),
    consumer({
      group: 'media.ladders',
      types: ['media.ladder_wanted'],
      concurrency: FILMS_WAITING,
      handle: (event, signal) => ladder.makeLadder(event.payload.media_id, signal),
    }),
    consumer({
      group: 'media.avif',
      types: ['media.avif_wanted'],
      concurrency: 1,
      handle: (event) => later.makeLater(event.payload.media_id),
    }),
    consumer({
      group: 'media.scores',
      types: ['media.ready', 'media.moved'],
      concurrency: 1,
      maxAttempts: ATTEMPTS,
      handle: (event, signal) => scoring.score(event, signal),
    }),
    consumer({
      group: 'media.erasure',
      types: subjectsWithMedia.endTypes(),
      handle: (event) => collection.dropAttached(subjectsWithMedia.ended(event)),
    }),
  ]
}
