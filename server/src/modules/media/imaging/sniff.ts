import { limits } from '@tintype/contract/limits'
import { TintypeError } from '@tintype/contract/tintype-error'
import type { ByteSource } from './byte-source.ts'
import { hidesAnotherFormat, isKnownForeign } from './foreign.ts'
import { sniffGif } from './formats/gif.ts'
import { sniffHeif } from './formats/heif.ts'
import { sniffJpeg } from './formats/jpeg.ts'
import { sniffPng } from './formats/png.ts'
import { isWebp, sniffWebp } from './formats/webp.ts'
import { isTooSmall } from './plan.ts'
import type { SniffedPhoto } from './sniffed.ts'

type Sniffer = (source: ByteSource, head: Buffer) => Promise<SniffedPhoto>
const sniffers: { starts(head: Buffer): boolean; sniff: Sniffer }[] = [
  { starts: (head) => head.readUIntBE(0, 3) === 0xffd8ff, sniff: sniffJpeg },
  { starts: (head) => head.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n', sniff: sniffPng },
  { starts: (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)), sniff: sniffGif },
  { starts: isWebp, sniff: sniffWebp },
  { starts: (head) => head.toString('latin1', 4, 8) === 'ftyp', sniff: sniffHeif },
]

/**
 * Finds a picture's real type, size, animation and completeness from a few reads. Throws `media_empty`,
 * `media_truncated`, `media_corrupt`, `media_type_unsupported` (a format we know and do not take, or one hidden in a
 * picture) or `media_type_mismatch` (no format at all).
 */
export async function sniff(source: ByteSource): Promise<SniffedPhoto> {
  if (source.size === 0) throw new TintypeError('media_empty')
  const head = await source.read(0, 4096)
  const sniffer = head.length >= 12 ? sniffers.find(({ starts }) => starts(head)) : undefined
  if (!sniffer)
    throw new TintypeError(isKnownForeign(head) ? 'media_type_unsupported' : 'media_type_mismatch')
  if (await hidesAnotherFormat(source)) throw new TintypeError('media_type_unsupported')
  return sniffer.sniff(source, head)
}

/** Throws the coded reason why a picture is not taken. */
export function checkPhoto(found: SniffedPhoto): void {
  const { width, height } = found
  if (width * height > limits.photoPixels)
    throw new TintypeError('media_too_many_pixels', { details: { width, height } })
  if (isTooSmall(found)) throw new TintypeError('media_too_small', { details: { width, height } })
  if (!found.complete) throw new TintypeError('media_truncated')
  if (found.animated) throw new TintypeError('media_animated')
}
