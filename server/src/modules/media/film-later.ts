import type { MediaDeps } from './deps.ts'
import type { FilmRenderer } from './film-renderer.ts'
import { Unwanted, watchFilm } from './film-watch.ts'
import * as store from './store.ts'

type Deps = Pick<MediaDeps, 'db' | 'outbox' | 'broadcast' | 'logger'>

/** The `media.ladder_wanted` step: the other sizes of a film that is shown already. Whatever goes wrong costs sharpness, or bytes. */
export class LadderStep {
  readonly #deps: Deps
  readonly #renderer: Pick<FilmRenderer, 'renderLater'>

  constructor(deps: Deps, renderer: Pick<FilmRenderer, 'renderLater'>) {
    this.#deps = deps
    this.#renderer = renderer
  }

  async makeLadder(media_id: store.MediaRow['media_id'], signal: AbortSignal): Promise<void> {
    const { db, outbox, logger } = this.#deps
    const [row] = await store.readMedia(db.query, [media_id])
    if (row?.kind !== 'video' || row.state !== 'ready' || !row.outcome) return
    const { outcome } = row
    try {
      using watch = watchFilm(this.#deps, row, signal)
      const silent = { signal: watch.signal, progress: () => undefined }
      const film = await this.#renderer.renderLater(row, outcome.film, silent)
      await db.tx(async (tx) => {
        await store.setOutcome(tx, media_id, { ...outcome, film })
        const subject = store.subjectOf(row)
        const payload = { media_ids: [media_id], ...(subject && { subject }) }
        await outbox.append(tx, [{ type: 'media.refined', payload }])
      })
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Unwanted) return
      // The film is shown as it is; trying again would take time from films that are not shown yet.
      logger.warn({ err: error, media_id }, 'no other sizes made')
    }
  }
}
