import { cropOf, type Framing, type Size, settle, wholePicture } from '../../editor/crop/crop.ts'

/** Edge in px of the square that is uploaded: enough for the largest avatar on a dense screen. */
const OUTPUT = 640
const QUALITY = 0.92

/** The middle of the picture, as large a square as there is. */
export const centred = (size: Size): Framing => settle({ ...wholePicture, shape: '1:1' }, size)

/** What shows in the frame, as fractions of the picture. */
export const cutOf = (framing: Framing, size: Size) =>
  cropOf(framing, size) ?? { x: 0, y: 0, width: 1, height: 1 }

/** Cuts it out as a JPEG. Rejects where the browser gives none. */
export async function cutOut(image: CanvasImageSource, framing: Framing, size: Size): Promise<Blob> {
  const { x, y, width, height } = cutOf(framing, size)
  const from = { width: width * size.width, height: height * size.height }
  const scale = Math.min(1, OUTPUT / Math.max(from.width, from.height))
  const to = { width: Math.round(from.width * scale), height: Math.round(from.height * scale) }
  const canvas = Object.assign(document.createElement('canvas'), to)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  // A transparent picture stands on white, as it did in the preview.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, to.width, to.height)
  const [left, top] = [x * size.width, y * size.height]
  context.drawImage(image, left, top, from.width, from.height, 0, 0, to.width, to.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY),
  )
}
