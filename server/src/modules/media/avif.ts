import type { MediaId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import type { ImagingPool } from './imaging/pool.ts'
import type { Renderer } from './processing.ts'
import type { MediaService } from './service.ts'
import type { StoredRendition } from './store.ts'
import * as store from './store.ts'

/** Below it, AVIF and WebP differ by a few kilobytes at most. */
const WORTH_FROM = 400
/** A size is kept where it is at least this much smaller than its WebP. */
const WORTH_SAVING = 0.9
/** How long uploads may go first, milliseconds; after that it runs beside them, at the lowest priority. */
const YIELD_MS = 20_000

/** The `media.avif_wanted` step: smaller files of pictures that are shown already. Whatever goes wrong costs nothing but bytes. */
export class AvifStep {
  readonly #deps: Pick<MediaDeps, 'db' | 'logger'>
  readonly #renderer: Renderer
  readonly #uploadsPool: Pick<ImagingPool, 'whenQuiet'>
  readonly #media: Pick<MediaService, 'forget'>

  constructor(
    deps: Pick<MediaDeps, 'db' | 'logger'>,
    renderer: Renderer,
    uploadsPool: Pick<ImagingPool, 'whenQuiet'>,
    media: Pick<MediaService, 'forget'>,
  ) {
    this.#deps = deps
    this.#renderer = renderer
    this.#uploadsPool = uploadsPool
    this.#media = media
  }

  async makeAvif(id: MediaId): Promise<void> {
    const [row] = await store.readMedia(this.#deps.db.query, [id])
    const webp = row?.renditions?.filter((rendition) => rendition.content_type === 'image/webp')
    if (row?.state !== 'ready' || !webp) return
    if (Math.max(row.width ?? 0, row.height ?? 0) < WORTH_FROM) return
    await this.#uploadsPool.whenQuiet(YIELD_MS)
    try {
      const { renditions } = await this.#renderer.render(row, 'avif')
      const smaller = renditions.filter((avif) => isWorthKeeping(avif, webp))
      if (smaller.length === 0) return
      await store.setRenditions(this.#deps.db.query, id, [...webp, ...smaller])
      await this.#media.forget([id])
    } catch (error) {
      // The picture is shown as it is; trying again would take time from pictures that are not shown yet.
      this.#deps.logger.warn({ err: error, media_id: id }, 'no AVIF made')
    }
  }
}

const isWorthKeeping = (avif: StoredRendition, webp: readonly StoredRendition[]): boolean =>
  webp.some((other) => other.width === avif.width && avif.size < other.size * WORTH_SAVING)
