import { readFile } from 'node:fs/promises'
import { TintypeError } from '@tintype/contract/tintype-error'
import type { DisplayedImage, HeifImage, Libheif } from 'libheif-js/wasm-bundle.js'

/** RGBA of 8 or 16 bits, turned upright as the file's own transformations (`irot`, `imir`, `clap`) say. */
export interface HeicPixels {
  rgba: Uint8ClampedArray | Uint16Array
  width: number
  height: number
}

/**
 * A decoder that runs as WebAssembly: sharp's prebuilt libvips has no HEVC. 12 MP take 0.5 s on one core, ten times a
 * JPEG's time and, at the peak, 20 bytes a pixel; so HEIC has a lower pixel limit than the rest.
 */
export const HEIC_PIXEL_LIMIT = 64_000_000
/** 16 bits take 8 bytes a pixel more; a larger picture is made so much smaller that its bands are lost. */
const DEEP_PIXEL_LIMIT = 24_000_000

/** `isDeep`: all bits that the file has, in 16, up to 24 MP; of a wide range, 8 show as bands. */
export async function decodeHeic(path: string, isDeep: boolean): Promise<HeicPixels> {
  // Loaded with the first HEIC: a process that never sees one saves its 30 MB.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js')
  const images = new libheif.HeifDecoder().decode(await readFile(path))
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0]
    if (!image) throw new TintypeError('media_corrupt')
    const width = image.get_width()
    const height = image.get_height()
    if (width * height > HEIC_PIXEL_LIMIT) throw new TintypeError('media_too_many_pixels')
    const isRead16 = isDeep && width * height <= DEEP_PIXEL_LIMIT
    return { rgba: isRead16 ? deepPixels(libheif, image) : await plainPixels(image), width, height }
  } finally {
    for (const image of images) image.free()
  }
}

async function plainPixels(image: HeifImage): Promise<Uint8ClampedArray> {
  const [width, height] = [image.get_width(), image.get_height()]
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height }
  const shown = await new Promise<DisplayedImage | null>((resolve) => image.display(target, resolve))
  if (!shown) throw new TintypeError('media_corrupt')
  return shown.data
}

/** Codes of so many bits in the upper bits of 16, the lower ones filled so that the brightest is the brightest. */
function deepPixels(libheif: Libheif, { handle }: HeifImage): Uint16Array {
  const { heif_colorspace, heif_chroma } = libheif
  const { image, channels } = libheif.heif_js_decode_image2(
    handle,
    heif_colorspace.heif_colorspace_RGB,
    heif_chroma.heif_chroma_interleaved_RRGGBBAA_LE,
  )
  const [plane] = channels ?? []
  if (!image || !plane) throw new TintypeError('media_corrupt')
  try {
    const { data, stride, width, height, bits_per_pixel: bits } = plane
    const most = 2 ** bits - 1
    const rgba = new Uint16Array(width * height * 4)
    for (let row = 0; row < height; row++) {
      const codes = new Uint16Array(data.buffer, data.byteOffset + row * stride, width * 4)
      const at = row * width * 4
      for (let each = 0; each < codes.length; each++)
        rgba[at + each] = Math.round(((codes[each] ?? 0) * 65_535) / most)
    }
    return rgba
  } finally {
    libheif.heif_image_release(image)
  }
}
