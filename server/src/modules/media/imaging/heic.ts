import { readFile } from 'node:fs/promises'
import { TintypeError } from '@tintype/contract/tintype-error'
import type { DisplayedImage } from 'libheif-js/wasm-bundle.js'

/** RGBA, 8 bits, turned upright as the file's own transformations (`irot`, `imir`, `clap`) say. */
export interface HeicPixels {
  rgba: Buffer
  width: number
  height: number
}

/**
 * A decoder that runs as WebAssembly: sharp's prebuilt libvips has no HEVC. 12 MP take 0.5 s on one core, ten times a
 * JPEG's time and, at the peak, 20 bytes a pixel; so HEIC has a lower pixel limit than the rest.
 */
export const HEIC_PIXEL_LIMIT = 64_000_000

export async function decodeHeic(path: string): Promise<HeicPixels> {
  // Loaded with the first HEIC: a process that never sees one saves its 30 MB.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js')
  const images = new libheif.HeifDecoder().decode(await readFile(path))
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0]
    if (!image) throw new TintypeError('media_corrupt')
    const width = image.get_width()
    const height = image.get_height()
    if (width * height > HEIC_PIXEL_LIMIT) throw new TintypeError('media_too_many_pixels')
    const target = { data: new Uint8ClampedArray(width * height * 4), width, height }
    const shown = await new Promise<DisplayedImage | null>((resolve) => image.display(target, resolve))
    if (!shown) throw new TintypeError('media_corrupt')
    return { rgba: Buffer.from(shown.data.buffer), width, height }
  } finally {
    for (const image of images) image.free()
  }
}
