import { type LiveId, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isUuid } from '../../kit/cursor.ts'
import type { Audience } from './audience.ts'
import type { Feeds } from './feeds.ts'
import type { LiveLinks } from './links.ts'
import { TARGET_DURATION } from './packager/playlist.ts'
import type { Stage } from './packager/stage.ts'
import type { LiveReader } from './reader.ts'

export interface DeliveryDeps {
  feeds: Pick<Feeds, 'of'>
  links: Pick<LiveLinks, 'player'>
  reader: Pick<LiveReader, 'visible'>
  audience: Pick<Audience, 'saw'>
}

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'
const FILE = /^(\d)-(\d{1,9})(?:\.(\d{1,4}))?\.(m4s|mp4)$/
const MEDIA = /^(\d)\.m3u8$/
/** As long as the draft lets a player wait. */
const LONGEST_WAIT_MS = TARGET_DURATION * 3 * 1000

interface Wanted {
  params: { live_id: string; token: string; name: string }
  query: { _HLS_msn?: unknown; _HLS_part?: unknown }
}

/**
 * `GET /live/{live_id}/hls/{token}/{name}`: playlists and parts, to whoever may watch right now, asked at each request. Everything else is
 * `not_found`, whatever the reason.
 */
export const liveDelivery =
  ({ feeds, links, reader, audience }: DeliveryDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    const admit = async (wanted: Wanted) => {
      const { live_id, token } = wanted.params
      if (!isUuid(live_id)) throw new TintypeError('not_found')
      const id = live_id as LiveId
      const player = links.player(id, token)
      const feed = player && feeds.of(id)
      const live = player && (await reader.visible(player.viewer_id, [id])).get(id)
      if (!live || !feed?.hasBegun) throw new TintypeError('not_found')
      // Who sends is no viewer, however they look at it.
      return { feed, id, watcher: player.viewer_id === live.host_id ? undefined : player }
    }
    app.get('/live/:live_id/hls/:token/:name', async (request, reply) => {
      const wanted = request as unknown as Wanted
      const { feed, watcher, id } = await admit(wanted)
      const { name } = wanted.params
      reply
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', "default-src 'none'; sandbox")
      if (name === 'index.m3u8') return reply.header('content-type', PLAYLIST_TYPE).send(feed.master())
      const list = MEDIA.exec(name)
      const file = list ? undefined : FILE.exec(name)
      const stage = feed.stage(Number((list ?? file)?.[1] ?? -1))
      if (!stage) throw new TintypeError('not_found')
      if (list) {
        if (watcher) audience.saw(id, watcher)
        await wait(stage, wanted)
        // Who was put out while they waited gets nothing of what has come.
        await admit(wanted)
        return reply.header('content-type', PLAYLIST_TYPE).send(stage.playlist())
      }
      const bytes = file && (await bytesOf(stage, file))
      await admit(wanted)
      if (!bytes) throw new TintypeError('not_found')
      return sendBytes(reply, bytes)
    })
  }

/** A reload that waits for what is next; one that asks for what is far ahead is a mistake. */
async function wait(stage: Stage, { query }: Wanted): Promise<void> {
  const [msn, part] = [numberOf(query._HLS_msn), numberOf(query._HLS_part)]
  if (msn === undefined) return
  if (!stage.isNear(msn)) throw new TintypeError('bad_request')
  await stage.until(msn, part, LONGEST_WAIT_MS)
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined

async function bytesOf(stage: Stage, file: RegExpExecArray): Promise<Buffer | undefined> {
  const [, , number, part, kind] = file
  const at = Number(number)
  if (kind === 'mp4') return part === undefined ? stage.init(at) : undefined
  if (part === undefined) return stage.segment(at)
  // The next part may be asked for before it is there.
  if (stage.isNear(at)) await stage.until(at, Number(part), LONGEST_WAIT_MS)
  return stage.part(at, Number(part))
}

const sendBytes = (reply: FastifyReply, bytes: Buffer): FastifyReply =>
  reply.header('content-type', 'video/mp4').header('content-length', bytes.length).send(bytes)
