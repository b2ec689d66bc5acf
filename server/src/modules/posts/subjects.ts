import { type PostId, postSubject, type SubjectRef } from '@tintype/contract'
import type { PreviewPosts } from '../../views/previews.ts'
import type { Moderated, SubjectKind } from '../subject.ts'
import type { PostsReader } from './reader.ts'

const PAGE = /^\/p\/([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/
const idsOf = (subjects: readonly SubjectRef[]) => subjects.map(({ id }) => id as PostId)

/** Posts, as others point at them. */
export const postKind = (
  posts: Pick<PostsReader, 'visible'>,
  preview: PreviewPosts,
  moderated: Moderated,
): SubjectKind => ({
  kind: 'post',
  visible: async (viewerId, subjects) => new Set((await posts.visible(viewerId, idsOf(subjects))).keys()),
  previews: (viewerId, subjects) => preview(viewerId, idsOf(subjects)),
  async at(path) {
    const [, id] = PAGE.exec(path) ?? []
    return id ? postSubject(id as PostId) : undefined
  },
  media: { post: { access: 'link' } },
  moderated,
  ends: { 'post.deleted': ({ post_id }) => [postSubject(post_id)] },
})
