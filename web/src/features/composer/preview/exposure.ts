import type { CompiledFilter } from '@tintype/contract/filter-compile'
import type { Placement } from '@tintype/contract/photo-geometry'

/** The bitmap as it is. */
export const wholeCanvas: Placement = [1, 0, 0, 1, 0, 0]

export interface Exposure {
  bitmap: ImageBitmap | HTMLCanvasElement
  /** From a place on the canvas to its place on the bitmap. */
  placement: Placement
  filter: CompiledFilter
}

/** Draws a picture, turned, cropped and developed, over the whole of a canvas at the size the canvas has. */
export interface Renderer {
  kind: 'webgl' | 'canvas'
  draw(target: HTMLCanvasElement, exposure: Exposure): void
}
