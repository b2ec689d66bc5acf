/** Where the picture stands under the round window: its zoom over "just covers", and its centre as fractions. */
export interface Placement {
  zoom: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

export const CENTRED: Placement = { zoom: 1, x: 0.5, y: 0.5 }
export const MAX_ZOOM = 4
/** Edge in px of the square that is uploaded: enough for the largest avatar on a dense screen. */
const OUTPUT = 640
const QUALITY = 0.92

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** Keeps the window inside the picture. */
export function settle({ zoom, x, y }: Placement, { width, height }: Size): Placement {
  const safe = clamp(zoom, 1, MAX_ZOOM)
  const side = Math.min(width, height) / safe
  const halfX = side / 2 / width
  const halfY = side / 2 / height
  return { zoom: safe, x: clamp(x, halfX, 1 - halfX), y: clamp(y, halfY, 1 - halfY) }
}

/** The square of the picture, in its pixels, that shows in the window. */
export function squareOf(placement: Placement, size: Size): { left: number; top: number; side: number } {
  const { zoom, x, y } = settle(placement, size)
  const side = Math.min(size.width, size.height) / zoom
  return { left: x * size.width - side / 2, top: y * size.height - side / 2, side }
}

/** Cuts the square out as a JPEG. Rejects where the browser gives none. */
export async function cutSquare(image: CanvasImageSource, placement: Placement, size: Size): Promise<Blob> {
  const { left, top, side } = squareOf(placement, size)
  const edge = Math.min(OUTPUT, Math.round(side))
  const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  // A transparent picture stands on white, as it did in the preview.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, edge, edge)
  context.drawImage(image, left, top, side, side, 0, 0, edge, edge)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY),
  )
}
