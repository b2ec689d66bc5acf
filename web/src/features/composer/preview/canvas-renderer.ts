import { applyToPixels } from '@tintype/contract/filter-apply'
import type { Renderer } from './exposure.ts'

/** Without a graphics card: the contract's own function over the pixels, about 8 ms for a megapixel. */
export function createCanvasRenderer(): Renderer {
  return {
    kind: 'canvas',
    draw(target, { bitmap, crop, filter }) {
      const { width, height } = target
      const context = target.getContext('2d', { willReadFrequently: !filter.identity })
      if (!context || width === 0 || height === 0) return
      const { x, y, width: across, height: down } = crop ?? { x: 0, y: 0, width: 1, height: 1 }
      context.imageSmoothingQuality = 'high'
      context.clearRect(0, 0, width, height)
      context.drawImage(
        bitmap,
        x * bitmap.width,
        y * bitmap.height,
        across * bitmap.width,
        down * bitmap.height,
        0,
        0,
        width,
        height,
      )
      if (filter.identity) return
      const pixels = context.getImageData(0, 0, width, height)
      applyToPixels(pixels.data, width, height, filter)
      context.putImageData(pixels, 0, 0)
    },
  }
}
