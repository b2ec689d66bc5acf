import { type PostId, stillUrl, type UserId, type UserSummary } from '@tintype/contract'
import { VISITOR, visibility } from '../access/visibility.ts'
import type { LinkPreview, Preview } from '../gateway/preview.ts'
import { readCard } from './card.ts'
import type { JudgePosts } from './posts.ts'

export interface LinkPreviewDeps {
  judge: JudgePosts
  members: { byUsername(username: string): Promise<{ user_id: UserId; is_private: boolean } | undefined> }
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
}

const POST = /^\/p\/([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/
const PROFILE = /^\/([\w.]{3,30})\/?$/

/** What is told of a post or a profile where its link is shared: what a visitor would see, and nothing of private ones. */
export function linkPreview(deps: LinkPreviewDeps): Preview {
  return async (path) => {
    const postId = POST.exec(path)?.[1]
    if (postId) return postPreview(deps, postId as PostId)
    const username = PROFILE.exec(path)?.[1]
    return username ? profilePreview(deps, username) : null
  }
}

async function postPreview({ judge }: LinkPreviewDeps, id: PostId): Promise<LinkPreview | null> {
  const { posts } = await judge(null, [id])
  const post = posts[0] && readCard(posts[0])
  const picture = post?.media[0]
  if (!post || !picture) return null
  const name = post.user.full_name || post.user.username
  return {
    type: 'article',
    title: `${name} (@${post.user.username})`,
    description: post.caption || `A photograph by ${name}`,
    image: stillUrl(picture),
    image_width: picture.width,
    image_height: picture.height,
    image_alt: picture.alt_text,
  }
}

async function profilePreview(
  { members, people }: LinkPreviewDeps,
  username: string,
): Promise<LinkPreview | null> {
  const user = await members.byUsername(username)
  if (!user || visibility(VISITOR, user) !== 'full') return null
  const summary = (await people.summaries([user.user_id])).get(user.user_id)
  if (!summary) return null
  const name = summary.full_name || summary.username
  return {
    type: 'profile',
    title: `${name} (@${summary.username})`,
    description: `Photographs by ${name}`,
    image: summary.profile_picture,
  }
}
