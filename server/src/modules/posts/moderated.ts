import {
  type MediaId,
  type PostId,
  type SubjectRef,
  TintypeError,
  type UntitledMedia,
} from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { LookedAt, Moderated } from '../subject.ts'
import { listingOf } from './listing.ts'
import type { PostsService } from './service.ts'
import * as shelf from './shelf-store.ts'
import { lockPost, type StoredPost } from './store.ts'

export interface ModeratedDeps {
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  posts: Pick<PostsService, 'eraseIn' | 'records'>
  media: {
    seal(tx: Tx, ids: readonly MediaId[], sealed: boolean): Promise<void>
    reviewed(ids: readonly MediaId[]): Promise<Map<MediaId, UntitledMedia>>
  }
}

const idOf = ({ id }: SubjectRef) => id as PostId

/** What moderators do with posts. To all others a removed post is as one that its author has put away. */
export function moderatedPosts({ outbox, clock, posts, media }: ModeratedDeps): Moderated {
  const tell = async (tx: Tx, type: 'post.archived' | 'post.restored', post: StoredPost) => {
    const { post_id, author_id } = post
    const media_ids = post.media.map((item) => item.media_id)
    await media.seal(tx, media_ids, type === 'post.archived')
    await outbox.append(tx, [{ type, payload: { post_id, author_id, media_ids } }])
  }
  return {
    async look(subjects) {
      const records = await posts.records(subjects.map(idOf))
      const pictures = await media.reviewed([...records.values()].flatMap((post) => idsIn(post)))
      return new Map(
        [...records.values()].map((post): [string, LookedAt] => [
          post.post_id,
          {
            member_id: post.author_id,
            text: post.caption,
            media: post.media.flatMap(({ media_id, alt_text }) => {
              const picture = pictures.get(media_id)
              return picture ? [{ ...picture, alt_text }] : []
            }),
            address: `/p/${post.post_id}`,
            sensitive: post.sensitive,
            removed: post.status === 'removed',
          },
        ]),
      )
    },
    async remove(tx, subject) {
      const post = await lockPost(tx, idOf(subject))
      if (!post || post.status === 'removed') return false
      // It would be published, or fail, behind the moderator's back.
      if (post.status === 'processing') throw new TintypeError('act_impossible')
      await shelf.noteRemoved(tx, post.post_id, post.status)
      if (post.status === 'published') await shelf.shelvePost(tx, post, listingOf(post, clock), 'removed')
      else await shelf.setStatus(tx, post.post_id, 'removed')
      await tell(tx, 'post.archived', post)
      return true
    },
    async restore(tx, subject) {
      const post = await lockPost(tx, idOf(subject))
      if (post?.status !== 'removed') return false
      const from = await shelf.removedFrom(tx, post.post_id)
      await shelf.noteRemoved(tx, post.post_id, null)
      if (from === 'published') {
        await shelf.unshelvePost(tx, post, listingOf(post, clock))
        await tell(tx, 'post.restored', post)
        return true
      }
      await shelf.setStatus(tx, post.post_id, from ?? 'archived')
      await tell(tx, 'post.archived', post)
      return true
    },
    purge: (tx, subject) => posts.eraseIn(tx, idOf(subject)),
    async mark(tx, subject, sensitive) {
      const post_id = idOf(subject)
      const post = await lockPost(tx, post_id)
      if (!post || !(await shelf.setSensitive(tx, post_id, sensitive))) return false
      const payload = { post_id, author_id: post.author_id, mentioned_ids: [] }
      await outbox.append(tx, [{ type: 'post.edited', payload }])
      return true
    },
  }
}

const idsIn = (post: { media: readonly { media_id: MediaId }[] }) => post.media.map((item) => item.media_id)
