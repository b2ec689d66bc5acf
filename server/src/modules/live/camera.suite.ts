import type { LiveId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'
import { recorded } from '@tintype/testkit/media/camera'
import { vi } from 'vitest'

export interface Camera {
  send(bytes: Buffer): void
  /** A part of it at once, the rest little by little until it is closed: a source that is silent is gone. */
  film(bytes: Buffer, atOnce: number): void
  /** As a tab that is closed without a word. */
  cut(): void
  /** Code and reason. */
  closed: Promise<string>
}

/** What most of them record. */
export const twentySeconds = () => recorded({ seconds: 20 })

/** The browser of a host, that sends what its camera records. */
export async function cameraOf(host: Person, live_id: LiveId): Promise<Camera> {
  // It takes seconds to make, and a source that is silent for so long is gone.
  await twentySeconds()
  const { url } = await host.api.live.intake({ params: { live_id } })
  return cameraAt(host.baseUrl, url)
}

const STEPS = 150
const STEP_MS = 500

export async function cameraAt(baseUrl: string, url: string): Promise<Camera> {
  const socket = new WebSocket(new URL(url, baseUrl.replace('http', 'ws')))
  const closed = new Promise<string>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => resolve(`${code} ${reason}`.trim()))
  })
  const opened = new Promise<void>((resolve) => {
    socket.addEventListener('open', () => resolve())
  })
  await Promise.race([opened, closed])
  return {
    closed,
    send: (bytes) => socket.send(new Uint8Array(bytes)),
    film(bytes, atOnce) {
      let at = Math.round(bytes.length * atOnce)
      const step = Math.ceil((bytes.length - at) / STEPS)
      socket.send(new Uint8Array(bytes.subarray(0, at)))
      const timer = setInterval(() => {
        if (at >= bytes.length) return
        socket.send(new Uint8Array(bytes.subarray(at, at + step)))
        at += step
      }, STEP_MS)
      closed.then(() => clearInterval(timer))
    },
    cut: () => socket.close(),
  }
}

/** A player: what it gets of a live, by the name of a file. */
export class Player {
  readonly #base: string

  constructor(baseUrl: string, playlist: string) {
    this.#base = new URL('.', new URL(playlist, baseUrl)).href
  }

  get = (name: string): Promise<Response> => fetch(new URL(name, this.#base))
  async text(name: string): Promise<string> {
    const answer = await this.get(name)
    if (!answer.ok) throw new Error(`${answer.status}`)
    return answer.text()
  }
  async bytes(name: string): Promise<Buffer> {
    const answer = await this.get(name)
    if (!answer.ok) throw new Error(`${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  }
}

/** As soon as it can be watched. */
export async function begun(viewer: Person, live_id: LiveId): Promise<Player> {
  const playlist = await vi.waitFor(
    async () => {
      const live = await viewer.api.live.get({ params: { live_id } })
      if (!live.playlist) throw new Error('not yet')
      return live.playlist
    },
    { timeout: 50_000, interval: 100 },
  )
  return new Player(viewer.baseUrl, playlist)
}
