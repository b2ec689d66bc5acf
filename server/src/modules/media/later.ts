import type { MediaId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import type { ImagingPool } from './imaging/pool.ts'
import type { StoredRendition } from './outcome.ts'
import type { Renderer } from './renderer.ts'
import * as store from './store.ts'

/** A size is kept as AVIF where it is at least this much smaller than its WebP. */
const WORTH_SAVING = 0.9
/** How long uploads may go first, milliseconds; after that it runs beside them, at the lowest priority. */
const YIELD_MS = 20_000

/**
 * The `media.avif_wanted` step: large sizes and smaller files of pictures that are shown already. Whatever goes wrong costs
 * sharpness on large screens and bytes.
 */
export class LaterStep {
  readonly #deps: Pick<MediaDeps, 'db' | 'outbox' | 'logger'>
  readonly #renderer: Pick<Renderer, 'render'>
  readonly #uploadsPool: Pick<ImagingPool, 'whenQuiet'>

  constructor(
    deps: Pick<MediaDeps, 'db' | 'outbox' | 'logger'>,
    renderer: Pick<Renderer, 'render'>,
    uploadsPool: Pick<ImagingPool, 'whenQuiet'>,
  ) {
    this.#deps = deps
    this.#renderer = renderer
    this.#uploadsPool = uploadsPool
  }

  async makeLater(id: MediaId): Promise<void> {
    const [row] = await store.readMedia(this.#deps.db.query, [id])
    if (row?.kind !== 'photo' || row.state !== 'ready' || !row.outcome) return
    const { outcome } = row
    await this.#uploadsPool.whenQuiet(YIELD_MS)
    try {
      const { renditions: made } = await this.#renderer.render(row, 'later')
      const known = outcome.renditions.filter(({ key }) => made.every((other) => other.key !== key))
      const webp = [...made.filter(isWebp), ...known.filter(isWebp)]
      const avif = made.filter((one) => !isWebp(one) && isWorthKeeping(one, webp))
      if (made.length === 0) return
      await this.#deps.db.tx(async (tx) => {
        const { width, height } = webp[0] ?? outcome
        await store.setOutcome(tx, id, { ...outcome, width, height, renditions: [...webp, ...avif] })
        await this.#deps.outbox.append(tx, [{ type: 'media.refined', payload: { media_ids: [id] } }])
      })
    } catch (error) {
      // The picture is shown as it is; trying again would take time from pictures that are not shown yet.
      this.#deps.logger.warn({ err: error, media_id: id }, 'no large sizes made')
    }
  }
}

const isWebp = ({ content_type }: StoredRendition): boolean => content_type === 'image/webp'

const isWorthKeeping = (avif: StoredRendition, webp: readonly StoredRendition[]): boolean =>
  webp.some((other) => other.width === avif.width && avif.size < other.size * WORTH_SAVING)
