const HLS_TYPE = 'application/vnd.apple.mpegurl'
const TOKEN = /\/hls\/[^/]+\//

export interface AttachedLive {
  /** From now on what is fetched is asked for by this address. */
  renew(playlist: string): void
  detach(): void
}

/** How much faster than life what is behind may be played. */
const CATCH_UP = 1.3
/** Seconds behind its place from which a player jumps to it. */
const TOO_LATE = 5
const LOOK_MS = 1000

/** Plays a live as near to now as its parts allow. `onBroken`: it leads nowhere any more. Rejects where this browser cannot play any. */
export async function attachLive(
  element: HTMLVideoElement,
  playlist: string,
  onBroken: () => void,
): Promise<AttachedLive> {
  const { default: Hls } = await import('hls.js')
  if (!Hls.isSupported()) return plain(element, playlist)
  let token = TOKEN.exec(playlist)?.[0] ?? ''
  const player = new Hls({
    lowLatencyMode: true,
    maxLiveSyncPlaybackRate: CATCH_UP,
    backBufferLength: 10,
    liveSyncOnStallIncrease: 0,
    xhrSetup: (xhr, url) => xhr.open('GET', url.replace(TOKEN, token), true),
  })
  let failures = 0
  player.on(Hls.Events.FRAG_LOADED, () => {
    failures = 0
  })
  player.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    failures += 1
    if (type === Hls.ErrorTypes.MEDIA_ERROR && failures < 3) player.recoverMediaError()
    else onBroken()
  })
  const looking = setInterval(() => {
    const { latency, targetLatency, liveSyncPosition } = player
    if (liveSyncPosition === null || targetLatency === null || element.paused) return
    if (latency - targetLatency > TOO_LATE) element.currentTime = liveSyncPosition
  }, LOOK_MS)
  player.loadSource(playlist)
  player.attachMedia(element)
  return {
    renew: (next) => {
      token = TOKEN.exec(next)?.[0] ?? token
    },
    detach() {
      clearInterval(looking)
      player.destroy()
    },
  }
}

function plain(element: HTMLVideoElement, playlist: string): AttachedLive {
  if (!element.canPlayType(HLS_TYPE)) throw new Error('This browser plays no HLS.')
  element.src = playlist
  return {
    renew: () => undefined,
    detach() {
      element.removeAttribute('src')
      element.load()
    },
  }
}
