import { attachedTo, type PostId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import { tellMember } from '../../kit/member-channel.ts'
import type { Collaborations } from './collaborations.ts'
import type { PhotoTags } from './people.ts'
import type { PostsService } from './service.ts'

/** What others' facts mean for posts. */
export const postsConsumers = (
  posts: Pick<PostsService, 'publishPost' | 'failPost' | 'retag' | 'countPosts'>,
  photoTags: Pick<PhotoTags, 'part'>,
  collaborations: Pick<Collaborations, 'part'>,
  broadcast: Pick<Broadcast, 'publish'>,
): Consumer[] => [
  consumer({
    group: 'posts',
    types: ['media.ready', 'media.failed'],
    async handle({ type, payload }) {
      const { kind, id } = attachedTo(payload)
      if (kind !== 'post') return
      if (type === 'media.ready') await posts.publishPost(id as PostId)
      else await posts.failPost(id as PostId, payload.code)
    },
  }),
  // A deleted comment takes its replies along, and one of them may be the author's.
  consumer({
    group: 'posts.tags',
    types: ['comment.created', 'comment.deleted', 'comment.reviewed'],
    async handle({ type, payload }) {
      if (type !== 'comment.created' || payload.user_id === payload.author_id)
        await posts.retag(payload.post_id)
    },
  }),
  consumer({
    group: 'posts.counts',
    types: ['post.published', 'post.archived', 'post.restored', 'post.deleted'],
    batch: 500,
    handleBatch: (events) =>
      posts.countPosts([...new Set(events.map(({ payload }) => payload.author_id))].sort()),
  }),
  consumer({
    group: 'posts.people',
    types: ['user.blocked'],
    async handle({ payload: { blocker_id, blocked_id } }) {
      await photoTags.part(blocker_id, blocked_id)
      await collaborations.part(blocker_id, blocked_id)
    },
  }),
  // The author's open apps hear that the post is done, and read it again.
  consumer({
    group: 'posts.status',
    types: ['post.published', 'post.failed'],
    async handle({ type, payload }) {
      const { post_id, author_id } = payload
      if ('imported' in payload) return
      const status = type === 'post.published' ? 'published' : 'failed'
      const message = { type: 'post.status' as const, data: { post_id, status } as const }
      await tellMember(broadcast, author_id, message).catch(() => {})
    },
  }),
]
