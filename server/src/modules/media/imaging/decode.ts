import { appendFile } from 'node:fs/promises'
import type { PhotoEdit } from '@tintype/contract'
import { limits } from '@tintype/contract/limits'
import { TintypeError } from '@tintype/contract/tintype-error'
import sharp, { type Sharp } from 'sharp'
import { withBytes } from './byte-source.ts'
import type { HeifPicture } from './formats/boxes.ts'
import { readHeifPicture } from './formats/heif.ts'
import { sniffJpeg } from './formats/jpeg.ts'
import { decodeHeic } from './heic.ts'
import { displayP3Profile, type Pixels, toSrgb } from './icc.ts'
import { type DecodePlan, isTooSmall, keptSize, type Size, type Target } from './plan.ts'
import type { PhotoType } from './sniffed.ts'
import { toneMap, wideRangeOf } from './tones.ts'
import { planTurned, type TurnPlan, turn } from './turn.ts'

/** ITU-T H.273 */
const PRIMARIES_P3 = 12

const input = {
  limitInputPixels: limits.photoPixels,
  // Wrong profiles and stray bytes are warnings, and common in the wild; missing or damaged picture data is not.
  failOn: 'error',
  sequentialRead: true,
} as const

export interface Decoded {
  pixels: Pixels
  /** What the edit keeps, in pixels of the oriented original. */
  kept: Size
  /** Nothing was cut, turned, scaled or converted on the way. */
  untouched: boolean
}

/**
 * Decodes once, at the scale of the largest rendition: upright, cropped, in sRGB, transparency laid on white (a
 * cut-out must read the same on a light page and a dark one). Throws a `media_*` error where the file is to blame.
 */
export async function decode(
  file: { path: string; type: PhotoType },
  edit: PhotoEdit,
  target: Target,
): Promise<Decoded> {
  try {
    const isHeic = file.type === 'image/heic' || file.type === 'image/heif'
    const colours =
      isHeic || file.type === 'image/avif' ? await withBytes(file.path, readHeifPicture) : undefined
    return isHeic
      ? await decodeWithHeif(file.path, edit, target, colours)
      : await decodeWithVips(file.path, edit, target, colours)
  } catch (error) {
    throw mediaFault(error)
  }
}

async function decodeWithVips(
  path: string,
  edit: PhotoEdit,
  target: Target,
  colours: HeifPicture | undefined,
): Promise<Decoded> {
  const isEndless = await mendEnd(path)
  // A decoder only warns of picture data that ends before the marker does.
  const image = sharp(path, isEndless ? { ...input, failOn: 'warning' } : input)
  const metadata = await image.metadata()
  const source = metadata.autoOrient
  const plan = planKept(source, edit, target)
  const decoded = await finish(image.autoOrient(), plan.decode, colours)
  const untouched =
    (metadata.orientation ?? 1) === 1 &&
    !metadata.hasProfile &&
    !metadata.hasAlpha &&
    !plan.isTurned &&
    decoded.width === source.width &&
    decoded.height === source.height
  // libvips knows profiles, and none of the colours that a file names by number.
  const isProfiled = colours?.icc !== undefined && colours.icc.length > MIN_PROFILE
  const pixels = await turn(await fromHeifColours(decoded, isProfiled ? undefined : colours), edit, plan)
  return { pixels, kept: keptSize(source, edit, target.purpose), untouched }
}

async function decodeWithHeif(
  path: string,
  edit: PhotoEdit,
  target: Target,
  colours: HeifPicture | undefined,
): Promise<Decoded> {
  const { rgba, width, height } = await decodeHeic(path, wideRangeOf(colours) !== undefined)
  const plan = planKept({ width, height }, edit, target)
  const image = sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: limits.photoPixels })
  const decoded = await fromHeifColours(await finish(image, plan.decode, colours), colours)
  return {
    pixels: await turn(decoded, edit, plan),
    kept: keptSize({ width, height }, edit, target.purpose),
    untouched: false,
  }
}

/** Refuses a crop that is a sliver; a picture as narrow as that was not taken in the first place. */
function planKept(source: Size, edit: PhotoEdit, target: Target): TurnPlan {
  if (edit.crop && isTooSmall(keptSize(source, edit))) throw new TintypeError('media_too_small')
  return planTurned(source, edit, target)
}

/**
 * Gives a JPEG that lacks its end marker one, and tells so: its last bytes were lost, and every pixel may be there all the same.
 * The file is this task's own copy.
 */
async function mendEnd(path: string): Promise<boolean> {
  const isMissing = await withBytes(path, async (source) => {
    const head = await source.read(0, 2)
    return head.length === 2 && head.readUInt16BE(0) === SOI && !(await sniffJpeg(source)).complete
  })
  if (isMissing) await appendFile(path, Buffer.from([0xff, 0xd9]))
  return isMissing
}

const SOI = 0xffd8

/** Reads the pixels; those of a wide range in the depth they have, to be mapped to sRGB. */
async function finish(
  image: Sharp,
  { scaled, kept }: DecodePlan,
  colours: HeifPicture | undefined,
): Promise<Pixels> {
  const range = wideRangeOf(colours)
  const { data, info } = await image
    .resize({ ...scaled, fit: 'fill' })
    .extract(kept)
    .flatten({ background: '#ffffff' })
    .toColourspace(range ? 'rgb16' : 'srgb')
    .removeAlpha()
    .raw({ depth: range ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`)
  const { width, height } = info
  if (!range) return { rgb: data, width, height }
  const rgb16 = new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
  return toneMap({ rgb16, width, height }, range)
}

/** Shorter than a profile's header. */
const MIN_PROFILE = 128

/** Our HEVC decoder knows no profiles, and libvips none of those an AVIF names by number. */
async function fromHeifColours(pixels: Pixels, colours: HeifPicture | undefined): Promise<Pixels> {
  if (!colours || wideRangeOf(colours)) return pixels
  if (colours.icc && colours.icc.length > MIN_PROFILE) return toSrgb(pixels, colours.icc)
  return colours.primaries === PRIMARIES_P3 ? toSrgb(pixels, await displayP3Profile()) : pixels
}

/** What libvips says, in our codes; what is not the file's fault stays as it is and is tried again. */
function mediaFault(error: unknown): unknown {
  if (error instanceof TintypeError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/is missing|ENOENT|ENOSPC|EMFILE|malloc|out of memory|channels$/i.test(message)) return error
  if (/pixel limit|too large|exceeds/i.test(message))
    return new TintypeError('media_too_many_pixels', { cause: error })
  if (
    /premature|insufficient image data|truncat|end of (file|stream|input|data)|not enough|unexpected eof/i.test(
      message,
    )
  )
    return new TintypeError('media_truncated', { cause: error })
  return new TintypeError('media_corrupt', { cause: error })
}
