import {
  type LiveComment,
  type LiveCommentId,
  type LiveId,
  type RealtimeMessage,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { type SocketParts, type Topic, topic } from '../sockets.ts'
import type { Audience } from './audience.ts'
import { type CommentRow, readComment } from './comment-store.ts'
import type { LiveDeps } from './deps.ts'
import type { LiveNote } from './notes.ts'
import type { LiveReader } from './reader.ts'
import type { LiveShow } from './show.ts'

type SocketDeps = Pick<LiveDeps, 'db' | 'graph'> & {
  reader: Pick<LiveReader, 'moderates' | 'visible' | 'record'>
  show: Pick<LiveShow, 'comments' | 'counts'>
  audience: Pick<Audience, 'heart'>
}

type Said = ReadonlyMap<UserId, RealtimeMessage>

/** Whoever may watch a live may hear it: what is said, how many watch, and hearts. */
export const liveSockets = (deps: SocketDeps): SocketParts => ({
  topics: [liveTopic(deps)],
  frames: {
    async heart({ live_id, count }, { hasJoined }) {
      if (!hasJoined(`live:${live_id}`)) throw new TintypeError('not_found')
      deps.audience.heart(live_id, count)
    },
  },
})

function liveTopic({ db, graph, reader, show }: SocketDeps): ReturnType<typeof topic> {
  const toAll = (viewers: readonly UserId[], message: RealtimeMessage): Said =>
    new Map(viewers.map((viewer) => [viewer, message]))

  const counted = async (live_id: LiveId, hearts_new: number, viewers: readonly UserId[]): Promise<Said> => {
    const counts = (await show.counts([live_id])).get(live_id)
    if (!counts) return new Map()
    const data = { live_id, viewers_count: counts.viewers, hearts_count: counts.hearts, hearts_new }
    return toAll(viewers, { type: 'live.counted', data })
  }

  /** What is held is heard by who wrote it, and with its mark by who looks after the live. */
  const heldBack = async (
    { live_id, user_id }: CommentRow,
    comment: LiveComment,
    all: Said,
  ): Promise<Said> => {
    const live = await reader.record(live_id)
    const hearing = new Map<UserId, RealtimeMessage>()
    for (const [viewer, message] of all)
      if (viewer === user_id) hearing.set(viewer, message)
      else if (live && (await reader.moderates(viewer, live)))
        hearing.set(viewer, { type: 'live.said', data: { live_id, comment: { ...comment, held: true } } })
    return hearing
  }

  const said = async (
    live_id: LiveId,
    comment_id: LiveCommentId,
    viewers: readonly UserId[],
  ): Promise<Said> => {
    const row = await readComment(db.query, live_id, comment_id)
    const [comment] = row ? await show.comments([row]) : []
    if (!row || !comment) return new Map()
    const judges = await Promise.all(viewers.map((viewer) => graph.judge(viewer, [row.user_id])))
    const hearing = viewers.filter((_, at) => judges[at]?.(row.user_id, { trace: true }) !== 'hidden')
    const said = toAll(hearing, { type: 'live.said', data: { live_id, comment } })
    return row.held ? heldBack(row, comment, said) : said
  }

  const present: Topic<'live', LiveNote>['present'] = async (id, note, viewers) => {
    if (note.what === 'counted') return counted(id, note.hearts_new, viewers)
    if (note.what === 'said') return said(id, note.comment_id, viewers)
    if (note.what === 'changed') return toAll(viewers, { type: 'live.changed', data: { live_id: id } })
    return toAll(viewers, { type: 'live.unsaid', data: { live_id: id, live_comment_id: note.comment_id } })
  }

  return topic<'live', LiveNote>({
    kind: 'live',
    async mayJoin(viewer, id) {
      const live = (await reader.visible(viewer, [id])).get(id)
      return live && [id, live.host_id]
    },
    recheck: {
      'live.people_changed': ({ live_id, user_id }) => ({ members: [user_id], restingOn: [live_id] }),
      'live.removed': ({ live_id }) => ({ restingOn: [live_id] }),
      'live.deleted': ({ live_id }) => ({ restingOn: [live_id] }),
      'user.deleted': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.hidden': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.privacy_changed': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.reach_changed': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.unfollowed': ({ follower_id }) => ({ members: [follower_id] }),
      'user.blocked': ({ blocker_id, blocked_id }) => ({ members: [blocker_id, blocked_id] }),
    },
    present,
    nameOf: (note) => (note.what === 'changed' ? note.what : undefined),
    greeting: { what: 'counted', hearts_new: 0 },
  })
}
