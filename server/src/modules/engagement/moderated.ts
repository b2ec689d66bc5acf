import type { CommentId, PostId, SubjectRef } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { LookedAt, Moderated } from '../subject.ts'
import * as store from './comment-store.ts'
import type { Comments } from './comments.ts'
import type { EngagementDeps } from './deps.ts'
import { dropHeld, readHeld } from './held-store.ts'

export const refOf = ({ id, partition }: SubjectRef) => ({
  post_id: partition as PostId,
  comment_id: id as CommentId,
})

/** What moderators do with comments. */
export function moderatedComments(
  { db, clock, posts, outbox }: EngagementDeps,
  comments: Pick<Comments, 'removeIn'>,
): Moderated {
  const change = async (tx: Tx, subject: SubjectRef, at: Date | null): Promise<boolean> => {
    const row = await store.setRemoved(tx, refOf(subject), at)
    if (!row) return false
    const { post_id, comment_id, parent_comment_id, user_id } = row
    const payload = { post_id, comment_id, parent_comment_id, user_id, removed: at !== null }
    await outbox.append(tx, [{ type: 'comment.reviewed', payload }])
    return true
  }
  return {
    async look(subjects) {
      const refs = subjects.map(refOf)
      // In this order: one that is approved meanwhile goes to where is looked next.
      const rows = [...(await readHeld(db.query, refs)), ...(await store.readComments(db.query, refs))]
      return new Map(
        rows.map((row): [string, LookedAt] => [
          row.comment_id,
          {
            member_id: row.user_id,
            text: row.text,
            media: [],
            address: `/p/${row.post_id}`,
            sensitive: false,
            removed: row.removed ?? false,
          },
        ]),
      )
    },
    async remove(tx, subject) {
      const { post_id, comment_id } = refOf(subject)
      // Of what is held nobody knew.
      return (await change(tx, subject, new Date(clock.now()))) || dropHeld(tx, post_id, comment_id)
    },
    restore: (tx, subject) => change(tx, subject, null),
    async purge(tx, subject) {
      const [row] = await store.readComments(tx, [refOf(subject)])
      const author = row && (await posts.authorOf([row.post_id])).get(row.post_id)
      if (row && author) await comments.removeIn(tx, row, author, row.user_id)
    },
  }
}
