import type { PhotoEdit } from '@tintype/contract'
import type { CompiledFilter } from '@tintype/contract/filter-compile'

export type Crop = NonNullable<PhotoEdit['crop']>

export interface Exposure {
  bitmap: ImageBitmap | HTMLCanvasElement
  /** Undefined: the whole picture. */
  crop: Crop | undefined
  filter: CompiledFilter
}

/** Draws a picture, cropped and developed, over the whole of a canvas at the size the canvas has. */
export interface Renderer {
  kind: 'webgl' | 'canvas'
  draw(target: HTMLCanvasElement, exposure: Exposure): void
}
