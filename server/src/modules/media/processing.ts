import { type ErrorCode, TintypeError } from '@tintype/contract'
import type { Event } from '../../engines/event-log/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { DecoderCrash } from './decoder-process.ts'
import type { MediaDeps } from './deps.ts'
import { LADDER_FROM } from './film-renderer.ts'
import { Unwanted, watchFilm } from './film-watch.ts'
import { hasStep } from './imaging/plan.ts'
import type { Outcome } from './outcome.ts'
import type { Renderers } from './renderers.ts'
import { holdSet } from './rendition-store.ts'
import type { MediaRow } from './store.ts'
import * as store from './store.ts'

/** A picture that ended its process so often is to blame itself. */
const CRASHES_MAX = 3

type Uploaded = 'media.uploaded' | 'media.film_uploaded'
type Deps = Pick<MediaDeps, 'db' | 'outbox' | 'broadcast' | 'clock' | 'logger' | 'knownPictures'>

interface Done {
  row: MediaRow
  outcome: Outcome
  recognised: Awaited<ReturnType<Deps['knownPictures']['recognise']>>
}

/** The steps after an upload: from an original to what can be shown, or to the reason why not. */
export class Processing {
  readonly #deps: Deps
  readonly #renderers: Renderers

  constructor(deps: Deps, renderers: Renderers) {
    this.#deps = deps
    this.#renderers = renderers
  }

  /** Rejects with what may pass by itself, to be called again; everything else ends in `media.ready` or `media.failed`. */
  async process(event: Event<Uploaded>, signal: AbortSignal): Promise<void> {
    const rows = await store.readMedia(this.#deps.db.query, event.payload.media_ids)
    const waiting = rows.filter((row) => row.state === 'processing')
    if (waiting.length === 0) return
    const results = await Promise.allSettled(waiting.map((row) => this.#renderOne(row, signal)))
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    signal.throwIfAborted()
    if (reasons.some((reason) => reason instanceof Unwanted)) return
    const code = reasons.map((reason) => blameOf(reason, event.attempt)).find((blame) => blame !== undefined)
    if (code) return this.#fail(event, code, reasons)
    if (reasons.length > 0) throw reasons[0]
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    if (done.some(({ recognised }) => recognised?.isRefused)) return this.#fail(event, 'media_known', [])
    await this.#finish(event, done)
  }

  async #renderOne(row: MediaRow, signal: AbortSignal): Promise<Done> {
    await this.#deps.db.tx((tx) => holdSet(tx, row))
    const outcome = await this.#outcomeOf(row, signal)
    const hashes = outcome.kind === 'voice' ? [] : outcome.hashes
    return { row, outcome, recognised: await this.#deps.knownPictures.recognise(hashes ?? []) }
  }

  async #outcomeOf(row: MediaRow, signal: AbortSignal): Promise<Outcome> {
    const { photo, film } = this.#renderers
    if (row.kind === 'photo') return { kind: 'photo', ...(await photo.render(row, 'first')) }
    using watch = watchFilm(this.#deps, row, signal)
    return await (row.kind === 'video' ? film.render(row, watch) : film.renderVoice(row, watch))
  }

  async #finish({ payload }: Event<Uploaded>, done: readonly Done[]): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      let changed = 0
      for (const { row, outcome } of done) if (await store.setReady(tx, row.media_id, outcome)) changed += 1
      // Released meanwhile, or told already by a run that died after its commit.
      if (changed === 0) return
      await outbox.append(tx, [{ type: 'media.ready', payload }])
      await outbox.append(
        tx,
        done.flatMap(({ row, outcome, recognised }) => [
          ...laterOf(row, outcome),
          ...(recognised ? [recognisedIn(payload, row, recognised)] : []),
        ]),
      )
    })
  }

  async #fail({ payload }: Event<Uploaded>, code: ErrorCode, reasons: unknown[]): Promise<void> {
    const { db, outbox, clock, logger } = this.#deps
    logger.info({ err: reasons[0], code, media_ids: payload.media_ids }, 'file refused')
    await db.tx(async (tx) => {
      if (!(await store.setFailed(tx, payload.media_ids, new Date(clock.now())))) return
      await outbox.append(tx, [{ type: 'media.failed', payload: { ...payload, code } }])
    })
  }
}

/** The code to fail with where the file is to blame; undefined for what may pass by itself. */
function blameOf(reason: unknown, attempt: number): ErrorCode | undefined {
  if (reason instanceof TintypeError && reason.code.startsWith('media_')) return reason.code
  if (reason instanceof TintypeError && reason.code === 'not_found') return 'upload_not_found'
  if (!(reason instanceof DecoderCrash) || attempt < CRASHES_MAX) return undefined
  return reason.reason === 'memory' ? 'media_too_many_pixels' : 'media_corrupt'
}

/** What is made of it when there is time. */
function laterOf({ media_id, owner_id, purpose }: MediaRow, outcome: Outcome): NewEvent[] {
  const payload = { media_id, owner_id }
  if (outcome.kind === 'photo' && hasStep(purpose, 'later')) return [{ type: 'media.avif_wanted', payload }]
  if (outcome.kind !== 'video' || outcome.film.loops || !LADDERS.has(purpose)) return []
  return outcome.film.duration_ms < LADDER_FROM * 1000 ? [] : [{ type: 'media.ladder_wanted', payload }]
}

const recognisedIn = (
  payload: Event<Uploaded>['payload'],
  { media_id }: MediaRow,
  { act_id, bits }: NonNullable<Done['recognised']>,
): NewEvent => ({
  type: 'media.recognised',
  payload: { ...payload, media_ids: [media_id], act_id, bits },
})

/** Where films are watched rather than looked at. */
const LADDERS = new Set<MediaRow['purpose']>(['post'])
