import type { PostId } from '../core/schema.ts'

export interface PostMessages {
  /** One's own post left `processing`. */
  'post.status': { post_id: PostId; status: 'published' | 'failed' }
}
