import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { PostsService } from './service.ts'

/** What others' facts mean for posts. */
export const postsConsumers = (
  posts: Pick<PostsService, 'publishPost' | 'failPost' | 'deleteSomePosts' | 'forget'>,
): Consumer[] => [
  consumer({
    group: 'posts',
    types: ['media.ready', 'media.failed', 'user.deleted'],
    async handle(event) {
      if (event.type === 'user.deleted') {
        while (await posts.deleteSomePosts(event.payload.user_id));
      } else if (event.payload.post_id !== null) {
        if (event.type === 'media.ready') await posts.publishPost(event.payload.post_id)
        else await posts.failPost(event.payload.post_id, event.payload.code)
      }
    },
  }),
  // A process that died between its commit and its cache.del left an old post behind; this one is told at least once.
  consumer({
    group: 'posts.cache',
    types: ['post.published', 'post.edited', 'post.deleted'],
    handle: (event) => posts.forget(event.payload.post_id),
  }),
]
