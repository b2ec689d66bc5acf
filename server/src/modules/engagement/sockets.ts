import type { CommentId, PostId, RealtimeMessage, UserId } from '@tintype/contract'
import { TintypeError } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Event } from '../../engines/event-log/port.ts'
import { type TopicNote, tellTopics } from '../../kit/topic-channel.ts'
import { type Topic, topic } from '../sockets.ts'
import type { EngagementDeps } from './deps.ts'
import type { PostStats } from './post-stats.ts'
import type { Threads } from './threads.ts'

type Note =
  | { what: 'counted' }
  | { what: 'commented'; comment_id: CommentId }
  | { what: 'uncommented'; comment_id: CommentId; parent_comment_id: CommentId | null; user_id: UserId }

type Fact = Event<
  | 'post.liked'
  | 'post.unliked'
  | 'comment.created'
  | 'comment.deleted'
  | 'comment.reviewed'
  | 'comment.liked'
  | 'comment.unliked'
>

/** Tells those who have posts open what was said under them, and how many there are by now. Once it is counted. */
export async function tellOpenPosts(
  broadcast: Pick<Broadcast, 'publish'>,
  facts: readonly Fact[],
): Promise<void> {
  const counted = new Set(facts.flatMap((fact) => (isOfPost(fact) ? [fact.payload.post_id] : [])))
  const counts = [...counted].map((id) => ({ id, note: { what: 'counted' } satisfies Note }))
  // Counting does not wait for who looks on.
  await tellTopics(broadcast, 'post', [...facts.flatMap(noteOf), ...counts]).catch(() => {})
}

const isOfPost = ({ type }: Fact): boolean => type !== 'comment.liked' && type !== 'comment.unliked'

function noteOf({ type, payload }: Fact): (TopicNote & { id: PostId; note: Note })[] {
  if (type === 'comment.created' || (type === 'comment.reviewed' && !payload.removed))
    return [{ id: payload.post_id, note: { what: 'commented', comment_id: payload.comment_id } }]
  if (type !== 'comment.deleted' && type !== 'comment.reviewed') return []
  const { post_id, comment_id, parent_comment_id, user_id } = payload
  return [{ id: post_id, note: { what: 'uncommented', comment_id, parent_comment_id, user_id } }]
}

export interface PostTopicDeps {
  posts: Pick<EngagementDeps['posts'], 'findVisible' | 'records' | 'authorOf'>
  postStats: Pick<PostStats, 'counters'>
  threads: Pick<Threads, 'presentTo' | 'seeing' | 'row' | 'repliesCount'>
}

type Said = ReadonlyMap<UserId, RealtimeMessage>

/** The counts as each of these members may know them. */
async function counted(
  { posts, postStats }: PostTopicDeps,
  post_id: PostId,
  viewers: readonly UserId[],
): Promise<Said> {
  const [known, counts] = await Promise.all([
    posts.records([post_id]),
    Promise.all(viewers.map((viewer) => postStats.counters([post_id], viewer))),
  ])
  const post = known.get(post_id)
  return new Map(
    viewers.flatMap((viewer, at) => {
      const [found] = counts[at] ?? []
      if (!found || !post) return []
      const { likes_count, comments_count } = found
      const isSecret = post.likes_hidden && post.author_id !== viewer
      const data = { post_id, comments_count, ...(!isSecret && { likes_count }) }
      return [[viewer, { type: 'post.counted', data }] as const]
    }),
  )
}

/** Whoever sees a post may have it open; of comments they hear those that they would find under it. */
export function postTopic(deps: PostTopicDeps): ReturnType<typeof topic> {
  const { posts, threads } = deps

  const parentOf = async (post_id: PostId, comment_id: CommentId | null) =>
    comment_id === null
      ? null
      : { comment_id, replies_count: await threads.repliesCount(post_id, comment_id) }

  const present: Topic<'post', Note>['present'] = async (post_id, note, viewers) => {
    if (note.what === 'counted') return counted(deps, post_id, viewers)
    const author_id = (await posts.authorOf([post_id])).get(post_id)
    if (!author_id) return new Map()
    if (note.what === 'uncommented') {
      const { comment_id, parent_comment_id, user_id } = note
      const [seeing, parent] = await Promise.all([
        threads.seeing(viewers, author_id, { user_id }),
        parentOf(post_id, parent_comment_id),
      ])
      const data = { post_id, comment_id, parent }
      return new Map(seeing.map((viewer) => [viewer, { type: 'comment.deleted', data }]))
    }
    const row = await threads.row(post_id, note.comment_id)
    if (!row) return new Map()
    const [comments, parent] = await Promise.all([
      threads.presentTo(viewers, { post_id, author_id }, row),
      parentOf(post_id, row.parent_comment_id),
    ])
    return new Map(
      [...comments].map(([viewer, comment]) => [
        viewer,
        { type: 'comment.created', data: { comment, parent } },
      ]),
    )
  }

  return topic<'post', Note>({
    kind: 'post',
    async mayJoin(viewer, id) {
      try {
        const { author_id } = await posts.findVisible(viewer, id)
        return [id, author_id]
      } catch (error) {
        if (error instanceof TintypeError && error.code === 'not_found') return undefined
        throw error
      }
    },
    recheck: {
      'post.archived': ({ post_id }) => ({ restingOn: [post_id] }),
      'post.deleted': ({ post_id }) => ({ restingOn: [post_id] }),
      'user.deleted': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.hidden': ({ user_id }) => ({ restingOn: [user_id] }),
      'user.privacy_changed': ({ user_id }) => ({ restingOn: [user_id] }),
      'circle.member_removed': ({ member_id }) => ({ members: [member_id] }),
      'circle.deleted': ({ member_ids }) => ({ members: member_ids }),
      'user.unfollowed': ({ follower_id }) => ({ members: [follower_id] }),
      'user.blocked': ({ blocker_id, blocked_id }) => ({ members: [blocker_id, blocked_id] }),
    },
    present,
    nameOf: ({ what }) => (what === 'counted' ? what : undefined),
    greeting: { what: 'counted' },
  })
}
