import websocket from '@fastify/websocket'
import { type LiveId, TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { isUuid } from '../../kit/cursor.ts'
import { lruOf } from '../../kit/lru.ts'
import { upgradesTo } from '../../kit/upgrades.ts'
import type { Feeds } from './feeds.ts'
import type { LiveLinks } from './links.ts'
import { Pace } from './pace.ts'
import type { LiveReader } from './reader.ts'
import type { Source } from './source.ts'

export interface IntakeDeps {
  feeds: Pick<Feeds, 'open'>
  links: Pick<LiveLinks, 'source'>
  reader: Pick<LiveReader, 'record'>
}

/** Of one message: half a second of the best that a browser records is a tenth of it. */
const MOST_BYTES = 8 * 1024 * 1024
/** A source that has nothing to say for so long is gone. */
const SILENT_MS = 10_000
const LOOK_MS = 2000
/** What WebM and Matroska begin with (RFC 8794). */
const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3])
/** Read on average: eight times what browsers are asked for. All of it may be recorded. */
const BYTES_PER_SECOND = 2 * 1024 * 1024
/** What a connection that was slow for a while has to catch up with. */
const AHEAD_SECONDS = 4
/** Close codes, from those that applications may use; the reason is a code of the error table. */
const REFUSED = 4403

type Socket = Parameters<NonNullable<Parameters<FastifyInstance['route']>[0]['wsHandler']>>[0]

/** `WS /live/{live_id}/intake`: what a browser's MediaRecorder makes, piece by piece, from whoever was given the address. */
export const liveIntake =
  ({ feeds, links, reader }: IntakeDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    /** An address is good once. */
    const used = lruOf<string, true>(10_000)
    await app.register(websocket, {
      options: { maxPayload: MOST_BYTES, server: upgradesTo(app.server, '/live/') },
      errorHandler: () => {},
    })
    app.route({
      method: 'GET',
      url: '/live/:live_id/intake',
      handler() {
        throw new TintypeError('bad_request', { message: 'This address is for WebSockets.' })
      },
      wsHandler(socket, request) {
        const { live_id } = request.params as { live_id: string }
        const { k } = request.query as { k?: unknown }
        socket.on('error', () => socket.terminate())
        const admit = async (): Promise<LiveId> => {
          const id = live_id as LiveId
          const source = isUuid(live_id) && typeof k === 'string' ? links.source(id, k) : undefined
          const live = source && (await reader.record(id))
          if (!source || live?.host_id !== source.host_id || used.get(source.nonce))
            throw new TintypeError('not_found')
          used.set(source.nonce, true)
          return id
        }
        void take(socket, admit, feeds)
      },
    })
  }

async function take(socket: Socket, admit: () => Promise<LiveId>, feeds: IntakeDeps['feeds']): Promise<void> {
  // Nothing is lost that comes meanwhile: it waits in the connection.
  socket.pause()
  const refuse = (code: string) => {
    socket.close(REFUSED, code)
    // Its answer is to be read, whatever is in front of it.
    socket.resume()
  }
  try {
    const id = await admit()
    const source = await feeds.open(id, { format: 'matroska', onClosed: refuse })
    const stop = listen(socket, source, refuse)
    socket.on('close', stop)
    // It may have gone before anybody listened.
    if (socket.readyState !== socket.OPEN) stop()
  } catch (error) {
    refuse(error instanceof TintypeError ? error.code : 'internal')
  }
}

/** Hands on what comes, as fast as it is taken and no faster than a live may be. Answers the way to stop. */
function listen(socket: Socket, source: Source, refuse: (code: string) => void): () => void {
  const pace = new Pace({ bytesPerSecond: BYTES_PER_SECOND, aheadSeconds: AHEAD_SECONDS })
  let last = performance.now()
  let isKnown = false
  let isFull = false
  let early: ReturnType<typeof setTimeout> | undefined
  const goOn = () => {
    if (isFull || early) return
    last = performance.now()
    socket.resume()
  }
  source.onDrain(() => {
    isFull = false
    goOn()
  })
  socket.on('message', (bytes: Buffer) => {
    if (socket.readyState !== socket.OPEN) return
    last = performance.now()
    // A reader of films would look for the beginning of one for as long as anything comes.
    isKnown ||= bytes.subarray(0, EBML.length).equals(EBML)
    if (!isKnown) return refuse('media_corrupt')
    isFull = !source.write(bytes)
    const ms = pace.take(bytes.length, last)
    if (ms > 0 && !early)
      early = setTimeout(() => {
        early = undefined
        goOn()
      }, ms)
    if (isFull || early) socket.pause()
  })
  // Who is not listened to is not silent.
  const looking = setInterval(() => {
    if (!socket.isPaused && performance.now() - last > SILENT_MS) socket.terminate()
  }, LOOK_MS)
  socket.resume()
  return () => {
    clearInterval(looking)
    clearTimeout(early)
    source.close()
  }
}
