import type { Size } from '../../editor/crop/crop.ts'
import { createLanes } from '../../upload/lanes.ts'
import type { FilmType, PhotoType } from '../../upload/picture-kind.ts'
import { heifSize } from './heif-size.ts'

/** A file and what it is by its bytes. */
export interface PictureFile {
  file: Blob
  type: PhotoType | FilmType
}

/** A picture ready to be drawn: upright, sRGB, no larger than the preview needs. */
export interface Decoded {
  bitmap: ImageBitmap
  /** Of the original. */
  size: Size
}
/** `unseen`: this browser cannot decode it, as most cannot HEIC; its size may be known all the same. */
export type Preview = ({ state: 'seen'; decoded: Decoded } | { state: 'unseen'; size: Size | undefined }) & {
  /** Of films, where it is known: how long it is. */
  seconds?: number
}

/** Longest edge of a preview: sharp at twice the enlargement on a dense screen, 16 MB of memory at most. */
const PREVIEW_EDGE = 2048

/** A full-size decode takes four bytes a pixel; two at a time keep a phone alive. */
const decoding = createLanes(2)

/** Never rejects but with the signal's reason. The browser turns it upright and converts its colours on the way. */
export async function decodePicture(source: PictureFile, signal: AbortSignal): Promise<Preview> {
  try {
    return { state: 'seen', decoded: await decoding.run(() => decode(source), signal) }
  } catch {
    signal.throwIfAborted()
    return { state: 'unseen', size: await sizeFromHeader(source.file) }
  }
}

async function decode({ file, type }: PictureFile): Promise<Decoded> {
  const full = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const size = { width: full.width, height: full.height }
  const scale = Math.min(1, PREVIEW_EDGE / Math.max(size.width, size.height))
  if (scale === 1 && type === 'image/jpeg') return { bitmap: full, size }
  try {
    const width = Math.max(1, Math.round(size.width * scale))
    const height = Math.max(1, Math.round(size.height * scale))
    if (type !== 'image/jpeg') return { bitmap: await onPaper(full, width, height), size }
    const resize = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' } as const
    return { bitmap: await createImageBitmap(full, resize), size }
  } finally {
    full.close()
  }
}

/** What shines through is white, as on the server. */
async function onPaper(full: ImageBitmap, width: number, height: number): Promise<ImageBitmap> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no canvas to draw on')
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(full, 0, 0, width, height)
  return createImageBitmap(canvas)
}

async function sizeFromHeader(file: Blob): Promise<Size | undefined> {
  try {
    return await heifSize(file)
  } catch {
    return undefined // unreadable now; sending it will say so
  }
}
