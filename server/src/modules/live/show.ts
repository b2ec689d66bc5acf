import type { Live, LiveComment, LiveEntry, LiveId, UserId, UserSummary } from '@tintype/contract'
import { liveLimits } from '@tintype/contract'
import { byField } from '../../kit/by-field.ts'
import { idTime } from '../../kit/ids.ts'
import type { Audience } from './audience.ts'
import { type CommentRow, readComment } from './comment-store.ts'
import { type Counts, readCounts } from './count-store.ts'
import type { LiveDeps } from './deps.ts'
import type { LiveLinks } from './links.ts'
import type { LiveRecord } from './live-store.ts'
import type { LiveReader } from './reader.ts'

type ShowDeps = Pick<LiveDeps, 'db' | 'people' | 'posts' | 'graph'> & {
  reader: Pick<LiveReader, 'people' | 'moderates'>
  links: Pick<LiveLinks, 'play'>
  audience: Pick<Audience, 'since'>
  /** Whether something of it can be played here. */
  isFed(id: LiveId): boolean
}

const DAY_MS = 86_400_000
const timeOf = (date: Date | null): string | null => date?.toISOString() ?? null

/** Lives as their viewers see them. */
export class LiveShow {
  readonly #deps: ShowDeps

  constructor(deps: ShowDeps) {
    this.#deps = deps
  }

  /** Of those that the viewer may see. */
  async entries(lives: readonly LiveRecord[]): Promise<LiveEntry[]> {
    const [hosts, counts] = await Promise.all([
      this.#deps.people.summaries([...new Set(lives.map((live) => live.host_id))]),
      this.counts(lives.map((live) => live.live_id)),
    ])
    return lives.flatMap((live): LiveEntry[] => {
      const user = hosts.get(live.host_id)
      return user ? [entryOf(live, user, counts.get(live.live_id))] : []
    })
  }

  /** One that the viewer may see. Undefined where its host has left. */
  async one(viewerId: UserId | null, live: LiveRecord): Promise<Live | undefined> {
    const { reader, links, posts, isFed } = this.#deps
    const { live_id, host_id, replay_post_id } = live
    const isHost = viewerId === host_id
    // What a browser sends begins by itself: until that is written there is nothing to take part in.
    const isPreview = isHost && live.source === 'encoder' && live.status === 'waiting' && isFed(live_id)
    const isPlayed = live.status === 'live' || isPreview
    const [[entry], counts, pinned, moderates, replays, host] = await Promise.all([
      this.entries([live]),
      this.counts([live_id]),
      this.#pinned(viewerId, live),
      viewerId === null ? false : reader.moderates(viewerId, live),
      replay_post_id ? posts.visible(viewerId, [replay_post_id]) : undefined,
      isHost ? this.#host(live) : null,
    ])
    if (!entry) return undefined
    const count = counts.get(live_id)
    return {
      ...entry,
      ended_at: timeOf(live.ended_at),
      playlist: isPlayed && !live.removed ? links.play(live_id, viewerId) : null,
      hearts_count: count?.hearts ?? 0,
      comments_open: live.comments_open,
      slow_seconds: live.slow_seconds,
      pinned: pinned ?? null,
      replay_post_id: replay_post_id && replays?.has(replay_post_id) ? replay_post_id : null,
      viewer: { is_host: isHost, moderates },
      host: host && { ...host, viewers_peak: count?.viewers_peak ?? 0 },
    }
  }

  async counts(ids: readonly LiveId[]): Promise<Map<LiveId, Counts>> {
    if (ids.length === 0) return new Map()
    return byField(await readCounts(this.#deps.db.query, ids, this.#deps.audience.since()), 'live_id')
  }

  /** `marked`: for who looks after the live, and is told which are held. */
  async comments(rows: readonly CommentRow[], marked = false): Promise<LiveComment[]> {
    const authors = await this.#deps.people.summaries([...new Set(rows.map((row) => row.user_id))])
    return rows.flatMap((row): LiveComment[] => {
      const user = authors.get(row.user_id)
      return user ? [{ ...commentOf(row, user), ...(marked && row.held && { held: true as const }) }] : []
    })
  }

  /** Unless it is by somebody whom the viewer may not see. */
  async #pinned(
    viewerId: UserId | null,
    { live_id, pinned_id }: LiveRecord,
  ): Promise<LiveComment | undefined> {
    const { db, graph } = this.#deps
    const row = pinned_id ? await readComment(db.query, live_id, pinned_id) : undefined
    if (!row) return undefined
    const judge = await graph.judge(viewerId, [row.user_id])
    return judge(row.user_id, { trace: true }) === 'hidden' ? undefined : (await this.comments([row]))[0]
  }

  async #host({ live_id, source, recorded, removed, ended_at }: LiveRecord) {
    const { reader, people } = this.#deps
    const rows = await reader.people(live_id)
    const found = await people.summaries(rows.map((row) => row.user_id))
    const those = (part: string) =>
      rows.filter((row) => row.part === part).flatMap((row) => found.get(row.user_id) ?? [])
    const until = ended_at && new Date(ended_at.getTime() + liveLimits.recordingDays * DAY_MS)
    return {
      source,
      has_recording: recorded && !removed,
      recording_until: recorded && !removed ? timeOf(until) : null,
      moderators: those('moderator'),
      removed: those('removed'),
    }
  }
}

const entryOf = (live: LiveRecord, user: UserSummary, counts: Counts | undefined): LiveEntry => ({
  live_id: live.live_id,
  user,
  title: live.title,
  audience: live.audience,
  status: live.status,
  started_at: timeOf(live.started_at),
  viewers_count: live.status === 'live' ? (counts?.viewers ?? 0) : 0,
})

export const commentOf = ({ comment_id, text }: CommentRow, user: UserSummary): LiveComment => ({
  live_comment_id: comment_id,
  user,
  text,
  created_at: new Date(idTime(comment_id)).toISOString(),
})
