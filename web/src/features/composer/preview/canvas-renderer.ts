import { applyToPixels } from '@tintype/contract/filter-apply'
import type { Placement } from '@tintype/contract/photo-geometry'
import type { Exposure, Renderer } from './exposure.ts'

/** Without a graphics card: the contract's own function over the pixels, about 8 ms for a megapixel. */
export function createCanvasRenderer(): Renderer {
  const small = new WeakMap<Exposure['bitmap'], HTMLCanvasElement>()
  return {
    kind: 'canvas',
    draw(target, { bitmap, placement, filter }) {
      const { width, height } = target
      const context = target.getContext('2d', { willReadFrequently: true })
      if (!context || width === 0 || height === 0) return
      const source = width <= THUMBNAIL && height <= THUMBNAIL ? smallOf(bitmap, small) : bitmap
      context.imageSmoothingQuality = 'high'
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, width, height)
      context.setTransform(fromPicture(placement, source, target))
      context.drawImage(source, 0, 0)
      if (filter.identity) return
      const pixels = context.getImageData(0, 0, width, height)
      applyToPixels(pixels.data, width, height, filter)
      context.putImageData(pixels, 0, 0)
    },
  }
}

/** From a pixel of the picture to one of the canvas: the placement backwards. */
function fromPicture([a, b, c, d, e, f]: Placement, picture: Extent, canvas: Extent): DOMMatrix2DInit {
  const area = a * d - b * c
  const [across, down] = [canvas.width / area, canvas.height / area]
  return {
    a: (d * across) / picture.width,
    b: (-b * down) / picture.width,
    c: (-c * across) / picture.height,
    d: (a * down) / picture.height,
    e: (c * f - d * e) * across,
    f: (b * e - a * f) * down,
  }
}

interface Extent {
  width: number
  height: number
}

const THUMBNAIL = 240
const SMALL_EDGE = 720

/** Seventeen thumbnails out of the full picture would each make it small anew. */
function smallOf(
  bitmap: Exposure['bitmap'],
  known: WeakMap<Exposure['bitmap'], HTMLCanvasElement>,
): Exposure['bitmap'] {
  const scale = SMALL_EDGE / Math.max(bitmap.width, bitmap.height)
  if (scale >= 1) return bitmap
  const made = known.get(bitmap)
  if (made) return made
  const size = { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) }
  const canvas = Object.assign(document.createElement('canvas'), size)
  const context = canvas.getContext('2d')
  if (!context) return bitmap
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, size.width, size.height)
  known.set(bitmap, canvas)
  return canvas
}
