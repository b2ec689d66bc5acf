import type { PictureFile, Preview } from './decode.ts'

/** Longest edge of the still. */
const EDGE = 1280
/** A phone takes a second or two for the first frame of a long film. */
const PATIENCE_MS = 15_000

/**
 * A frame of a film and its length, as this browser sees them; the length and size alone where it does not know the codec, as most do not
 * know HEVC. Never rejects but with the signal's reason.
 */
export async function decodeFilm({ file }: PictureFile, signal: AbortSignal): Promise<Preview> {
  const url = URL.createObjectURL(file)
  try {
    return await frameOf(url, signal)
  } catch {
    signal.throwIfAborted()
    return await described(file)
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function frameOf(url: string, signal: AbortSignal): Promise<Preview> {
  const film = document.createElement('video')
  film.muted = true
  film.playsInline = true
  film.preload = 'auto'
  const ready = eventOf(film, 'loadeddata', signal)
  film.src = url
  await ready
  const { videoWidth: width, videoHeight: height, duration } = film
  if (width === 0) throw new Error('nothing to see')
  const scale = Math.min(1, EDGE / Math.max(width, height))
  const resize = { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale) }
  const bitmap = await createImageBitmap(film, resize)
  film.removeAttribute('src')
  const seconds = Number.isFinite(duration) ? { seconds: duration } : {}
  return { state: 'seen', decoded: { bitmap, size: { width, height } }, ...seconds }
}

function eventOf(film: HTMLVideoElement, name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), PATIENCE_MS)
    const finish = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    film.addEventListener(name, () => finish(resolve), { once: true })
    film.addEventListener('error', () => finish(() => reject(new Error('unknown codec'))), { once: true })
    signal.addEventListener('abort', () => finish(() => reject(signal.reason)), { once: true })
  })
}

/** What the file says of itself; read by code that comes when it is needed. */
async function described(file: Blob): Promise<Preview> {
  try {
    const { ALL_FORMATS, BlobSource, Input } = await import('mediabunny')
    const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(file) })
    const track = await input.getPrimaryVideoTrack()
    const seconds = await input.computeDuration()
    const size = track ? { width: track.displayWidth, height: track.displayHeight } : undefined
    return { state: 'unseen', size, seconds }
  } catch {
    return { state: 'unseen', size: undefined } // unreadable here; sending it will say so
  }
}
