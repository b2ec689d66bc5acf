import { type LiveEntry, type LiveId, TintypeError, type UserId } from '@tintype/contract'
import { idCursor, pageOf } from '../../kit/cursor.ts'
import type { LiveDeps } from './deps.ts'
import { type LiveRecord, livesOf, openLiveOf, openLives } from './live-store.ts'
import type { LiveReader } from './reader.ts'
import type { LiveShow } from './show.ts'

interface ListingDeps extends Pick<LiveDeps, 'db' | 'graph' | 'members'> {
  reader: LiveReader
  show: LiveShow
}

/** Lives that are looked through for those of whom one follows. */
const LOOKED_AT = 500
const LISTED = 50

export async function livesFor(
  { db, graph, reader, show }: ListingDeps,
  viewerId: UserId,
): Promise<LiveEntry[]> {
  const open = await reader.records(await openLives(db.query, LOOKED_AT))
  const hosts = [...new Set([...open.values()].map((live) => live.host_id))]
  const followed = await graph.followingAmong(viewerId, hosts)
  const wanted = [...open.values()].filter(({ host_id }) => host_id === viewerId || followed.has(host_id))
  const seen = await reader.visible(
    viewerId,
    wanted.map((live) => live.live_id),
  )
  return show.entries([...seen.values()].filter(({ status }) => status === 'live').slice(0, LISTED))
}

export async function liveOf(
  { db, graph, members, reader, show }: ListingDeps,
  viewerId: UserId | null,
  username: string,
): Promise<LiveEntry | null> {
  const member = await members.byUsername(username)
  if (!member) throw new TintypeError('not_found')
  const judge = await graph.judge(viewerId, [member.user_id])
  if (judge(member.user_id) === 'hidden') throw new TintypeError('not_found')
  const id = await openLiveOf(db.query, member.user_id)
  const live = id && (await reader.visible(viewerId, [id])).get(id)
  // One's own that is not begun yet is found by its host alone.
  return live && live.status !== 'ended' ? ((await show.entries([live]))[0] ?? null) : null
}

export async function archive(
  { db, reader, show }: ListingDeps,
  hostId: UserId,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
) {
  const before = idCursor<LiveId>('lives', cursor)
  const ids = await livesOf(db.query, hostId, { before, limit: limit + 1 })
  const records = await reader.records(ids)
  const page = pageOf('lives', ids, limit, (id) => [id])
  const lives = await Promise.all(
    page.items.flatMap((id) => {
      const live: LiveRecord | undefined = records.get(id)
      return live ? [show.one(hostId, live)] : []
    }),
  )
  return { items: lives.filter((live) => live !== undefined), next_cursor: page.next_cursor }
}
