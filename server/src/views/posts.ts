import {
  type ErrorCode,
  errors,
  type Media,
  type MediaId,
  type Post,
  type PostId,
  type UserId,
  type UserSummary,
} from '@tintype/contract'

type Ids<T> = readonly T[]
interface PostRecord {
  post_id: PostId
  author_id: UserId
  status: Post['status']
  failure_code: string | null
  media: { media_id: MediaId; alt_text: string }[]
  caption: string
  facets: Post['facets']
  location: Post['location']
  comments_enabled: boolean
  created_at: string
  edited_at: string | null
}

/** The batch readers that a post on the screen is made of; each is one round trip at most. */
export interface PostViewDeps {
  posts: { visible(viewerId: UserId | null, ids: Ids<PostId>): Promise<Map<PostId, PostRecord>> }
  users: { summaries(ids: Ids<UserId>): Promise<Map<UserId, UserSummary>> }
  media: { views(ids: Ids<MediaId>): Promise<Map<MediaId, Omit<Media, 'alt_text'>>> }
  engagement: {
    viewerState(viewerId: UserId, ids: Ids<PostId>): Promise<Map<PostId, { liked: boolean; saved: boolean }>>
    /** With what the viewer did counted at once. */
    counters(
      ids: Ids<PostId>,
      viewerId: UserId | null,
    ): Promise<Map<PostId, { likes_count: number; comments_count: number }>>
  }
  graph: { followingAmong(viewerId: UserId, ids: Ids<UserId>): Promise<Set<UserId>> }
}

/** Presents posts to a viewer, in the order asked; those the viewer may not see are left out. */
export type PresentPosts = (viewerId: UserId | null, ids: Ids<PostId>) => Promise<Post[]>

export function postView(deps: PostViewDeps): PresentPosts {
  return async (viewerId, ids) => {
    const [records, counters, states] = await Promise.all([
      deps.posts.visible(viewerId, ids),
      deps.engagement.counters(ids, viewerId),
      viewerId ? deps.engagement.viewerState(viewerId, ids) : undefined,
    ])
    const shown = ids.flatMap((id) => records.get(id) ?? [])
    const authorIds = [...new Set(shown.map((post) => post.author_id))]
    const [authors, media, followed] = await Promise.all([
      deps.users.summaries(authorIds),
      deps.media.views(shown.flatMap((post) => post.media.map((item) => item.media_id))),
      viewerId ? deps.graph.followingAmong(viewerId, authorIds) : undefined,
    ])
    return shown.flatMap((post): Post[] => {
      const user = authors.get(post.author_id)
      if (!user) return []
      const state = states?.get(post.post_id)
      return [
        {
          ...stillOf(post, user, media),
          likes_count: counters.get(post.post_id)?.likes_count ?? 0,
          comments_count: counters.get(post.post_id)?.comments_count ?? 0,
          viewer: {
            liked: state?.liked ?? false,
            saved: state?.saved ?? false,
            following: followed?.has(post.author_id) ?? false,
            is_author: viewerId === post.author_id,
          },
        },
      ]
    })
  }
}

/** The part of a post that is the same for every viewer and changes seldom. */
function stillOf(post: PostRecord, user: UserSummary, media: Map<MediaId, Omit<Media, 'alt_text'>>) {
  return {
    post_id: post.post_id,
    user,
    status: post.status,
    failure:
      post.failure_code === null
        ? null
        : { code: post.failure_code, message: failureMessage(post.failure_code) },
    media: post.media.flatMap(({ media_id, alt_text }) => {
      const picture = media.get(media_id)
      return picture ? [{ ...picture, alt_text }] : []
    }),
    caption: post.caption,
    facets: post.facets,
    location: post.location,
    comments_enabled: post.comments_enabled,
    created_at: post.created_at,
    edited_at: post.edited_at,
  }
}

const failureMessage = (code: string): string =>
  errors[(code in errors ? code : 'internal') as ErrorCode].message
