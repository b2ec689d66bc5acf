import { decodePicture, type PictureFile, type Preview } from './decode.ts'

/** Films by code that comes with the first of them. */
export async function decodeMedia(source: PictureFile, signal: AbortSignal): Promise<Preview> {
  if (source.type.startsWith('image/')) return decodePicture(source, signal)
  const { decodeFilm } = await import('./decode-film.ts')
  return decodeFilm(source, signal)
}
