import { commentSubject, type PostId, postSubject, type UserId, type UserSummary } from '@tintype/contract'
import type { Texts } from '../../text/texts.ts'
import type { PreviewPosts } from '../../views/previews.ts'
import type { Moderated, SubjectKind, SubjectPreview } from '../subject.ts'
import { refOf } from './moderated.ts'
import { authoredOf, type Threads } from './threads.ts'

export interface CommentKindDeps {
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  texts: Pick<Texts, 'read'>
  previewPosts: PreviewPosts
}

/** Comments, as others point at them. They stand under a post, and are shown with its picture. */
export const commentKind = (
  threads: Pick<Threads, 'visible'>,
  { people, texts, previewPosts }: CommentKindDeps,
  moderated: Moderated,
): SubjectKind => ({
  kind: 'comment',
  within: ({ partition }) => postSubject(partition as PostId),
  async visible(viewerId, subjects) {
    const comments = await threads.visible(viewerId, subjects.map(refOf))
    return new Set(comments.map((comment) => comment.comment_id))
  },
  async previews(viewerId, subjects) {
    const comments = await threads.visible(viewerId, subjects.map(refOf))
    const [posts, writers, read] = await Promise.all([
      previewPosts(viewerId, [...new Set(comments.map((comment) => comment.post_id))]),
      people.summaries([...new Set(comments.map((comment) => comment.user_id))]),
      texts.read(viewerId, comments.map(authoredOf)),
    ])
    return new Map(
      comments.flatMap(({ post_id, comment_id, user_id, text }, at): [string, SubjectPreview][] => {
        const [post, author] = [posts.get(post_id), writers.get(user_id)]
        if (!post || !author) return []
        const subject = commentSubject(post_id, comment_id)
        return [[comment_id, { ...post, subject, author, text: read[at]?.text ?? text }]]
      }),
    )
  },
  moderated,
  ends: {
    'comment.deleted': ({ post_id, comment_ids }) => comment_ids.map((id) => commentSubject(post_id, id)),
  },
})
