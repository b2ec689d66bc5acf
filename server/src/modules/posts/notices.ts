import type { Events } from '@tintype/contract'
import { begins, ends, factOf, type Notices } from '../notice.ts'
import type { PostsReader } from './reader.ts'

const mentions = (e: Pick<Events['post.published'], 'mentioned_ids' | 'author_id' | 'post_id'>) =>
  e.mentioned_ids.map((id) => factOf('mention', id, e.author_id, e.post_id))

/** Mentions in captions. */
export const postNotices = (posts: Pick<PostsReader, 'mentioned'>): Notices => ({
  on: {
    'post.published': (e) => begins(...mentions(e)),
    'post.edited': (e) => [
      ...begins(...mentions(e)),
      ...ends(...mentions({ ...e, mentioned_ids: e.unmentioned_ids ?? [] })),
    ],
  },
  async standing(facts) {
    const ours = facts.filter(({ type, comment_id }) => type === 'mention' && comment_id === null)
    const mentioned = await posts.mentioned([...new Set(ours.flatMap(({ post_id }) => post_id ?? []))])
    return ours.filter(({ post_id, user_id }) => post_id && mentioned.get(post_id)?.includes(user_id))
  },
})
