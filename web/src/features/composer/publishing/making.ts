import type { Client, Post, ScheduledPost } from '@tintype/contract'
import { instantOf } from '../../../things/scheduling/when.ts'
import type { Making } from '../../../upload/publish.ts'
import type { Draft } from '../draft/draft.ts'
import { postTextOf } from '../draft/post-text.ts'

export interface PostClient {
  posts: Pick<Client['posts'], 'confirm' | 'get' | 'delete'>
  scheduled: Pick<Client['scheduled'], 'create' | 'get' | 'delete'>
}

/** What a draft becomes: a post, or one that waits for its time. */
export type Made = Post | ScheduledPost

export const isPost = (made: Made): made is Post => 'post_id' in made

/** Its pictures' upload ids are known only once all have arrived. */
export function makingOf({ posts, scheduled }: PostClient, draft: Draft): Making<Made> {
  const text = postTextOf(draft)
  const publish_at = instantOf(draft.publishAt ?? '')?.toISOString()
  return {
    make(upload_ids, key, signal) {
      const headers = { 'idempotency-key': key }
      return publish_at === undefined
        ? posts.confirm({ body: { ...text, upload_ids }, headers, signal })
        : scheduled.create({ body: { ...text, upload_ids, publish_at }, headers, signal })
    },
    look: (made, signal) =>
      isPost(made)
        ? posts.get({ params: { post_id: made.post_id }, signal })
        : scheduled.get({ params: { scheduled_id: made.scheduled_id }, signal }),
  }
}

/** Takes back what was made of files that could not be shown. */
export const unmake = ({ posts, scheduled }: PostClient, made: Made): Promise<unknown> =>
  isPost(made)
    ? posts.delete({ params: { post_id: made.post_id } })
    : scheduled.delete({ params: { scheduled_id: made.scheduled_id } })
