import {
  type LiveComment,
  type LiveCommentId,
  type LiveId,
  liveLimits,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import { tellTopics } from '../../kit/topic-channel.ts'
import * as store from './comment-store.ts'
import type { LiveDeps } from './deps.ts'
import { setPinned } from './live-store.ts'
import type { LiveNote } from './notes.ts'
import type { LiveReader } from './reader.ts'
import type { LiveShow } from './show.ts'

type CommentsDeps = Pick<LiveDeps, 'db' | 'outbox' | 'broadcast' | 'clock' | 'words' | 'graph'> & {
  reader: LiveReader
  show: Pick<LiveShow, 'comments'>
}

/** What is said while a live goes on. */
export class LiveComments {
  readonly #deps: CommentsDeps

  constructor(deps: CommentsDeps) {
    this.#deps = deps
  }

  /** Oldest first; those of members whom the viewer may not see are left out, and those that are held, but for who wrote them and who looks after it. */
  async list(viewerId: UserId | null, id: LiveId): Promise<LiveComment[]> {
    const { db, reader, show, graph } = this.#deps
    const live = await reader.findVisible(viewerId, id)
    const all = viewerId !== null && (await reader.moderates(viewerId, live))
    const rows = await store.lastComments(db.query, id, { id: viewerId, all }, liveLimits.comments)
    const judge = await graph.judge(viewerId, [...new Set(rows.map((row) => row.user_id))])
    const seen = rows.filter((row) => judge(row.user_id, { trace: true }) !== 'hidden').reverse()
    return show.comments(seen, all)
  }

  async say(userId: UserId, id: LiveId, text: string, reservedId?: string): Promise<LiveComment> {
    const { db, clock, reader, words, show, broadcast, graph } = this.#deps
    const live = await reader.findVisible(userId, id)
    await words.assertFree(text)
    const comment_id = (reservedId as LiveCommentId | undefined) ?? newId<LiveCommentId>(clock)
    const free = await reader.moderates(userId, live)
    const held = !free && (await graph.holdsBack(live.host_id, userId))
    const row = { live_id: id, comment_id, user_id: userId, text, held }
    const known = reservedId ? await store.readComment(db.query, id, comment_id) : undefined
    if (!known) {
      const outcome = await store.insertComment(db.query, row, { now: new Date(clock.now()), free })
      if (outcome === 'waiting') throw new TintypeError('live_not_begun')
      if (outcome === 'over') throw new TintypeError('live_ended')
      if (outcome === 'closed') throw new TintypeError('live_comments_closed')
      if (outcome === 'slow')
        throw new TintypeError('live_slow', { details: { retry_after: Math.max(1, live.slow_seconds) } })
      const note: LiveNote = { what: 'said', comment_id }
      // Whoever watches and is not reached has it with the next look.
      await tellTopics(broadcast, 'live', [{ id, note }]).catch(() => {})
    }
    const [comment] = await show.comments([row])
    if (!comment) throw new TintypeError('not_found')
    return comment
  }

  async approve(userId: UserId, id: LiveId, commentId: LiveCommentId): Promise<void> {
    const { db, reader, broadcast } = this.#deps
    await reader.findModerated(userId, id)
    if (!(await store.approveComment(db.query, id, commentId))) throw new TintypeError('not_found')
    const note: LiveNote = { what: 'said', comment_id: commentId }
    await tellTopics(broadcast, 'live', [{ id, note }]).catch(() => {})
  }

  async delete(userId: UserId, id: LiveId, commentId: LiveCommentId): Promise<void> {
    const { db, outbox, reader, broadcast } = this.#deps
    const live = await reader.findVisible(userId, id)
    const row = await store.readComment(db.query, id, commentId)
    if (!row || (row.user_id !== userId && !(await reader.moderates(userId, live))))
      throw new TintypeError('not_found')
    await db.tx(async (tx) => {
      if (!(await store.deleteComment(tx, id, commentId))) return
      await outbox.append(tx, [{ type: 'live.changed', payload: { live_id: id, host_id: live.host_id } }])
    })
    const note: LiveNote = { what: 'unsaid', comment_id: commentId }
    await tellTopics(broadcast, 'live', [{ id, note }]).catch(() => {})
  }

  async pin(userId: UserId, id: LiveId, commentId: LiveCommentId | null): Promise<void> {
    const { db, outbox, reader } = this.#deps
    const live = await reader.findModerated(userId, id)
    if (commentId) {
      const row = await store.readComment(db.query, id, commentId)
      if (!row || row.held) throw new TintypeError('not_found')
    }
    await db.tx(async (tx) => {
      await setPinned(tx, id, commentId)
      await outbox.append(tx, [{ type: 'live.changed', payload: { live_id: id, host_id: live.host_id } }])
    })
  }
}
