import { type ErrorCode, TintypeError } from '@tintype/contract'
import type { Event } from '../../engines/event-log/port.ts'
import type { MediaDeps } from './deps.ts'
import type { FileKinds } from './file-kinds.ts'
import { ImagingCrash } from './imaging/child-process.ts'
import { hasStep } from './imaging/plan.ts'
import { holdSet } from './rendition-store.ts'
import type { MediaRow, Outcome } from './store.ts'
import * as store from './store.ts'

/** A picture that ended its process so often is to blame itself. */
const CRASHES_MAX = 3

/** The `media.uploaded` step: from an original to pictures that can be shown, or to the reason why not. */
export class Processing {
  readonly #deps: Pick<MediaDeps, 'db' | 'outbox' | 'clock' | 'logger'>
  readonly #kinds: FileKinds

  constructor(deps: Pick<MediaDeps, 'db' | 'outbox' | 'clock' | 'logger'>, kinds: FileKinds) {
    this.#deps = deps
    this.#kinds = kinds
  }

  /** Rejects with what may pass by itself, to be called again; everything else ends in `media.ready` or `media.failed`. */
  async process(event: Event<'media.uploaded'>): Promise<void> {
    const rows = await store.readMedia(this.#deps.db.query, event.payload.media_ids)
    const waiting = rows.filter((row) => row.state === 'processing')
    if (waiting.length === 0) return
    const results = await Promise.allSettled(waiting.map((row) => this.#renderOne(row)))
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    const code = reasons.map((reason) => blameOf(reason, event.attempt)).find((blame) => blame !== undefined)
    if (code) return this.#fail(event, code, reasons)
    if (reasons.length > 0) throw reasons[0]
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    await this.#finish(event, done)
  }

  async #renderOne(row: MediaRow): Promise<{ row: MediaRow; outcome: Outcome }> {
    await this.#deps.db.tx((tx) => holdSet(tx, row.recipe, row.media_id))
    return { row, outcome: await this.#kinds[row.kind].renderer.render(row, 'first') }
  }

  async #finish(
    { payload }: Event<'media.uploaded'>,
    done: { row: MediaRow; outcome: Outcome }[],
  ): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      let changed = 0
      for (const { row, outcome } of done) if (await store.setReady(tx, row.media_id, outcome)) changed += 1
      // Released meanwhile, or told already by a run that died after its commit.
      if (changed === 0) return
      await outbox.append(tx, [{ type: 'media.ready', payload }])
      const later = done.filter(({ row }) => hasStep(row.purpose, 'later'))
      await outbox.append(
        tx,
        later.map(({ row }) => ({
          type: 'media.avif_wanted' as const,
          payload: { media_id: row.media_id, owner_id: payload.owner_id },
        })),
      )
    })
  }

  async #fail({ payload }: Event<'media.uploaded'>, code: ErrorCode, reasons: unknown[]): Promise<void> {
    const { db, outbox, clock, logger } = this.#deps
    logger.info({ err: reasons[0], code, media_ids: payload.media_ids }, 'picture refused')
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
  if (!(reason instanceof ImagingCrash) || attempt < CRASHES_MAX) return undefined
  return reason.reason === 'memory' ? 'media_too_many_pixels' : 'media_corrupt'
}
