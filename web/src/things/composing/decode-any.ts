import { decodePicture, type PictureFile, type Preview } from './decode.ts'

/**
 * As `decodePicture`, and HEIC too where the browser cannot: 0.7 MB of code, fetched when the first such picture comes. For where a
 * picture has to be drawn on; elsewhere the server can do it.
 */
export async function decodeAny(source: PictureFile, signal: AbortSignal): Promise<Preview> {
  const preview = await decodePicture(source, signal)
  if (preview.state === 'seen' || source.type !== 'image/heic') return preview
  try {
    // Without WebAssembly and without code made at run time, which the page's policy forbids.
    const { heicTo } = await import('heic-to/csp')
    const file = await heicTo({ blob: source.file, type: 'image/jpeg', quality: 0.95 })
    return await decodePicture({ file, type: 'image/jpeg' }, signal)
  } catch {
    signal.throwIfAborted()
    return preview
  }
}
