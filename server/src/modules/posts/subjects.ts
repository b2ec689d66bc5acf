import { type PostId, postSubject } from '@tintype/contract'
import type { SubjectKind } from '../subject.ts'
import type { PostsReader } from './reader.ts'

/** Posts, as others point at them. */
export const postKind = (posts: Pick<PostsReader, 'visible'>): SubjectKind => ({
  kind: 'post',
  async visible(viewerId, subjects) {
    const found = await posts.visible(
      viewerId,
      subjects.map(({ id }) => id as PostId),
    )
    return new Set(found.keys())
  },
  media: { post: { access: 'link' } },
  ends: { 'post.deleted': ({ post_id }) => [postSubject(post_id)] },
})
