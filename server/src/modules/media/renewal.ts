import { type MediaId, TintypeError } from '@tintype/contract'
import { lruOf } from '../../kit/lru.ts'
import { DecoderCrash } from './decoder-process.ts'
import type { MediaDeps } from './deps.ts'
import type { StoredFile } from './outcome.ts'
import type { Renderers } from './renderers.ts'
import * as store from './store.ts'

/** How long a file that could not be made again is not tried again, milliseconds: whoever asks must not keep the processes busy. */
const REST_MS = 60_000

/** Makes the file of a rendition again, from the original, where it is missing or damaged. */
export class Renewal {
  readonly #deps: Pick<MediaDeps, 'db' | 'clock' | 'logger'>
  readonly #renderers: Renderers
  /** By key: whoever asks meanwhile waits for the same. */
  readonly #running = new Map<string, Promise<void>>()
  readonly #restsUntil = lruOf<string, number>(1000)

  constructor(deps: Pick<MediaDeps, 'db' | 'clock' | 'logger'>, renderers: Renderers) {
    this.#deps = deps
    this.#renderers = renderers
  }

  /** Rejects with `not_found` where the original is gone or of no use any more, with `unavailable` for what may pass. */
  async renew(id: MediaId, rendition: StoredFile): Promise<void> {
    const { key } = rendition
    if ((this.#restsUntil.get(key) ?? 0) > this.#deps.clock.now()) throw new TintypeError('not_found')
    const running = this.#running.get(key) ?? this.#make(id, rendition)
    this.#running.set(key, running)
    try {
      await running
    } finally {
      this.#running.delete(key)
    }
  }

  /** Pictures alone: to make a film again takes longer than anybody waits. */
  async #again(row: store.MediaRow, { key }: StoredFile): Promise<void> {
    const stills = row.outcome && row.outcome.kind !== 'voice' ? row.outcome.renditions : []
    const still = stills.find((one) => one.key === key)
    if (!still || row.kind === 'voice') throw new TintypeError('not_found')
    if (row.kind === 'photo') await this.#renderers.photo.renew(row, still)
    else await this.#renderers.film.renewStill(row, still, key)
  }

  async #make(id: MediaId, rendition: StoredFile): Promise<void> {
    const { db, clock, logger } = this.#deps
    try {
      const [row] = await store.readMedia(db.query, [id])
      if (row?.state !== 'ready' || !row.outcome) throw new TintypeError('not_found')
      await this.#again(row, rendition)
      logger.warn(
        { media_id: id, key: rendition.key },
        'a rendition was missing or damaged, and is made again',
      )
    } catch (error) {
      this.#restsUntil.set(rendition.key, clock.now() + REST_MS)
      logger.error({ err: error, media_id: id, key: rendition.key }, 'a rendition is missing or damaged')
      const mayPass = error instanceof DecoderCrash || !(error instanceof TintypeError)
      throw new TintypeError(mayPass ? 'unavailable' : 'not_found', { cause: error })
    }
  }
}
