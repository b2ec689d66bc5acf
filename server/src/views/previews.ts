import { type PostId, postSubject, type UserId } from '@tintype/contract'
import { seesAtOnce } from '../access/surfaces.ts'
import type { SubjectPreview } from '../modules/subject.ts'
import { readCard } from './card.ts'
import type { JudgePosts } from './posts.ts'

export type PreviewPosts = (
  viewerId: UserId | null,
  ids: readonly PostId[],
) => Promise<Map<PostId, SubjectPreview>>

/** What is shown of posts where they are pointed at; those that the viewer may not see are absent. */
export const postPreviews =
  (judge: JudgePosts): PreviewPosts =>
  async (viewerId, ids) => {
    const { viewer, posts } = await judge(viewerId, ids)
    return new Map(
      posts.map((judged) => {
        const { post_id, user, caption, media, sensitive } = readCard(judged)
        // What is covered is looked at where it stands, by who asks to.
        const picture = sensitive && !seesAtOnce(viewer, user.user_id) ? null : (media[0] ?? null)
        const shown = {
          type: 'article' as const,
          address: `/p/${post_id}`,
          author: user,
          text: caption,
          picture,
        }
        return [post_id, { subject: postSubject(post_id), ...shown }]
      }),
    )
  }
