import type { Video } from '@tintype/contract'

/** Shorter films are there before a size could be chosen. */
const ADAPTIVE_FROM_MS = 10_000
const HLS_TYPE = 'application/vnd.apple.mpegurl'

export interface AttachedFilm {
  detach(): void
}

type Playable = Pick<Video, 'url' | 'hls' | 'duration_ms'>

/**
 * Gives a film to a player: in sizes that follow the connection where it is long and has them, otherwise as the file that plays while it
 * loads. `onBroken`: what it was given leads nowhere any more.
 */
export async function attachFilm(
  element: HTMLVideoElement,
  film: Playable,
  onBroken: () => void,
): Promise<AttachedFilm> {
  const { hls } = film
  if (hls !== null && film.duration_ms >= ADAPTIVE_FROM_MS) {
    const { default: Hls } = await import('hls.js')
    if (Hls.isSupported()) return adaptive(Hls, element, hls, onBroken)
    if (element.canPlayType(HLS_TYPE) !== '') return plain(element, hls)
  }
  return plain(element, film.url)
}

function plain(element: HTMLVideoElement, url: string): AttachedFilm {
  element.src = url
  return {
    detach() {
      element.removeAttribute('src')
      element.load()
    },
  }
}

function adaptive(
  Hls: typeof import('hls.js').default,
  element: HTMLVideoElement,
  hls: string,
  onBroken: () => void,
): AttachedFilm {
  const player = new Hls({ maxBufferLength: 20, capLevelToPlayerSize: true })
  player.on(Hls.Events.ERROR, (_, { fatal }) => {
    if (fatal) onBroken()
  })
  player.loadSource(hls)
  player.attachMedia(element)
  return { detach: () => player.destroy() }
}
