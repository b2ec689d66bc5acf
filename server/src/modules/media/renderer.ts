import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { limits, TintypeError } from '@tintype/contract'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { MediaDeps } from './deps.ts'
import { withBytes } from './imaging/byte-source.ts'
import type { ImageFormat, Step } from './imaging/plan.ts'
import type { Imaging } from './imaging/pool.ts'
import type { ImagingTask, Processed } from './imaging/process.ts'
import { sniff } from './imaging/sniff.ts'
import type { PhotoType } from './imaging/sniffed.ts'
import { fetchObject, fetchOriginal } from './original.ts'
import type { Still, StoredRendition } from './outcome.ts'
import { FIRST_SIZES, manifestKey, renditionKey } from './recipe.ts'
import type { RowOf } from './store.ts'

export type RenderDeps = Pick<MediaDeps, 'objectStore'> & { imaging: Imaging; temporaryFolder: string }

/** Makes renditions and stores them under the names that their recipe gives them. */
export class Renderer {
  readonly #deps: RenderDeps

  constructor(deps: RenderDeps) {
    this.#deps = deps
  }

  /** What this recipe yields; made only where it has not been made before, by whomever. */
  async render(row: RowOf<'photo'>, step: Step): Promise<Still> {
    const { objectStore } = this.#deps
    const manifest = manifestKey(row.recipe, step)
    if (await objectStore.head(manifest)) return (await json((await objectStore.get(manifest)).body)) as Still
    const outcome = await storeStill(objectStore, row, await this.#process(row, step), step)
    await objectStore.put(manifest, Buffer.from(JSON.stringify(outcome)), {
      contentType: 'application/json',
    })
    return outcome
  }

  /** Makes one rendition again, as it was. Rejects with `not_found` where the original is gone. */
  async renew(row: RowOf<'photo'>, { key, width, height, content_type }: StoredRendition): Promise<void> {
    const make = { width, height, content_type: content_type as ImageFormat }
    const [made] = (await this.#process(row, make)).renditions
    if (!made) throw new Error(`nothing made for ${key}`)
    await this.#deps.objectStore.put(key, Buffer.from(made.bytes), { contentType: content_type })
  }

  async #process(row: RowOf<'photo'>, make: ImagingTask['make']): Promise<Processed> {
    const path = join(this.#deps.temporaryFolder, randomUUID())
    try {
      await fetchOriginal(this.#deps.objectStore, row, path)
      return await this.#deps.imaging.run({ ...taskOf(row, path, make), pixels: await pixelsIn(path) })
    } finally {
      await rm(path, { force: true })
    }
  }

  /** Whether a file that may lack its end has every pixel; decodes all of it, small. */
  async hasEveryPixel({ key, type }: { key: string; type: PhotoType }): Promise<boolean> {
    const path = join(this.#deps.temporaryFolder, randomUUID())
    try {
      await fetchObject(this.#deps.objectStore, key, path)
      const task = { path, type, pixels: await pixelsIn(path), edit: {} }
      await this.#deps.imaging.run({ ...task, purpose: 'avatar', make: 'first' })
      return true
    } catch (error) {
      if (error instanceof TintypeError && error.code.startsWith('media_')) return false
      throw error
    } finally {
      await rm(path, { force: true })
    }
  }
}

/** Puts what was made of a picture where its recipe says. */
export async function storeStill(
  objectStore: Pick<ObjectStore, 'put'>,
  { recipe }: { recipe: string },
  processed: Processed,
  step: Step,
): Promise<Still> {
  // The files of the first step are numbered from 0, those that follow in the same format from there.
  const next = { webp: step === 'first' ? 0 : FIRST_SIZES, avif: 0 }
  const numbered = processed.renditions.map((file) => {
    const format = file.content_type === 'image/avif' ? 'avif' : 'webp'
    return { file, format, index: next[format]++ } as const
  })
  const renditions = await Promise.all(
    numbered.map(
      async ({ file: { bytes, width, height, content_type }, format, index }): Promise<StoredRendition> => {
        const key = renditionKey(recipe, format, index)
        await objectStore.put(key, Buffer.from(bytes), { contentType: content_type })
        const name = `${width}x${height}-${recipe.slice(0, 8)}.${format}`
        return { name, key, width, height, content_type, size: bytes.length }
      },
    ),
  )
  const { width, height, thumbhash, dominant_color, hashes } = processed
  return { width, height, thumbhash, dominant_color, hashes, renditions }
}

/** As the file itself says; what says nothing is taken for the largest there can be. */
const pixelsIn = (path: string): Promise<number> =>
  withBytes(path, sniff).then(
    ({ width, height }) => width * height,
    () => limits.photoPixels,
  )

const taskOf = (
  row: RowOf<'photo'>,
  path: string,
  make: ImagingTask['make'],
): Omit<ImagingTask, 'pixels'> => ({
  path,
  type: row.original_type,
  edit: row.edit,
  purpose: row.purpose,
  make,
})
