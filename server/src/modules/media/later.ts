import type { MediaId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import type { FileKinds } from './file-kinds.ts'
import type { ImagingPool } from './imaging/pool.ts'
import type { MediaService } from './service.ts'
import type { StoredRendition } from './store.ts'
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
  readonly #deps: Pick<MediaDeps, 'db' | 'logger'>
  readonly #kinds: FileKinds
  readonly #uploadsPool: Pick<ImagingPool, 'whenQuiet'>
  readonly #media: Pick<MediaService, 'forget'>

  constructor(
    deps: Pick<MediaDeps, 'db' | 'logger'>,
    kinds: FileKinds,
    uploadsPool: Pick<ImagingPool, 'whenQuiet'>,
    media: Pick<MediaService, 'forget'>,
  ) {
    this.#deps = deps
    this.#kinds = kinds
    this.#uploadsPool = uploadsPool
    this.#media = media
  }

  async makeLater(id: MediaId): Promise<void> {
    const [row] = await store.readMedia(this.#deps.db.query, [id])
    if (row?.state !== 'ready' || !row.renditions) return
    await this.#uploadsPool.whenQuiet(YIELD_MS)
    try {
      const { renditions: made } = await this.#kinds[row.kind].renderer.render(row, 'later')
      const known = row.renditions.filter(({ key }) => made.every((other) => other.key !== key))
      const webp = [...made.filter(isWebp), ...known.filter(isWebp)]
      const avif = made.filter((one) => !isWebp(one) && isWorthKeeping(one, webp))
      if (made.length === 0) return
      await store.setRenditions(this.#deps.db.query, id, [...webp, ...avif])
      await this.#media.forget([id])
    } catch (error) {
      // The picture is shown as it is; trying again would take time from pictures that are not shown yet.
      this.#deps.logger.warn({ err: error, media_id: id }, 'no large sizes made')
    }
  }
}

const isWebp = ({ content_type }: StoredRendition): boolean => content_type === 'image/webp'

const isWorthKeeping = (avif: StoredRendition, webp: readonly StoredRendition[]): boolean =>
  webp.some((other) => other.width === avif.width && avif.size < other.size * WORTH_SAVING)
