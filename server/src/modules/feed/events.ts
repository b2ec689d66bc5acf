import type { PostId, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type Consumer, consumer, type EventLog } from '../../engines/event-log/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import { tellNewPosts } from '../../kit/member-channel.ts'
import type { Celebrities } from './celebrities.ts'
import type { Skeletons } from './skeletons.ts'
import * as store from './store.ts'
import type { Timelines } from './timelines.ts'

export interface FeedEventDeps {
  db: Db
  events: EventLog
  broadcast: Broadcast
  timelineStore: TimelineStore
  timelines: Timelines
  skeletons: Pick<Skeletons, 'forget'>
  celebrities: Celebrities
  graph: {
    followersAfter(userId: UserId, after: UserId | null, limit: number): Promise<UserId[]>
    followerCounts(ids: readonly UserId[]): Promise<Map<UserId, { followers_count: number }>>
  }
  posts: {
    records(ids: readonly PostId[]): Promise<Map<PostId, unknown>>
    authorOf(ids: readonly PostId[]): Promise<Map<PostId, UserId>>
  }
  celebrityFollowers: number
}

/** Followers per insert; chunks of different posts take turns. */
export const FANOUT_CHUNK = 1000
/**
 * Chunks per event, after which what is done is safe from a crash. Each event waits for up to 50 ms until it is told: with one
 * chunk an event, telling took four fifths of a fan-out to 10 000 followers.
 */
const CHUNKS_AT_ONCE = 10

export function feedConsumers(deps: FeedEventDeps): Consumer[] {
  return [fanout(deps), follows(deps), affinity(deps)]
}

const fanout = (deps: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.fanout',
    types: ['post.published', 'feed.fanout_due', 'post.deleted'],
    async handle(event) {
      const { post_id, author_id } = event.payload
      if (event.type === 'feed.fanout_due') return pushChunk(deps, event.payload)
      await deps.celebrities.forgetRecent(author_id)
      if (event.type === 'post.deleted') return deps.timelineStore.removePosts([post_id])
      await push(deps, { post_id, author_id }, [author_id])
      const counts = await deps.graph.followerCounts([author_id])
      const followers = counts.get(author_id)?.followers_count ?? 0
      if (followers > deps.celebrityFollowers) await deps.celebrities.add(author_id)
      if (await deps.celebrities.has(author_id)) return
      await tellNext(deps, { post_id, author_id, after: null })
    },
  })

async function pushChunk(
  deps: FeedEventDeps,
  chunk: { post_id: PostId; author_id: UserId; after: UserId | null },
) {
  const { post_id, author_id } = chunk
  if (!(await deps.posts.records([post_id])).has(post_id)) return
  let after = chunk.after
  for (let chunks = 0; chunks < CHUNKS_AT_ONCE; chunks++) {
    const followers = await deps.graph.followersAfter(author_id, after, FANOUT_CHUNK)
    await push(deps, { post_id, author_id }, followers)
    const last = followers.at(-1)
    if (followers.length < FANOUT_CHUNK || !last) return
    after = last
  }
  await tellNext(deps, { post_id, author_id, after })
}

async function push(deps: FeedEventDeps, post: { post_id: PostId; author_id: UserId }, members: UserId[]) {
  const active = await deps.timelines.active(members)
  await deps.timelineStore.pushMany(active.map((user_id) => ({ ...post, user_id })))
  // Asked after the push: whoever opens the app from now on reads the entry.
  const present = await deps.timelines.present(active)
  await deps.skeletons.forget(present)
  const user_ids = present.filter((id) => id !== post.author_id)
  if (user_ids.length > 0) await tellNewPosts(deps.broadcast, user_ids)
}

async function tellNext(
  deps: FeedEventDeps,
  payload: { post_id: PostId; author_id: UserId; after: UserId | null },
) {
  await deps.db.tx((tx) => deps.events.append(tx, [{ type: 'feed.fanout_due', payload }]))
}

const follows = (deps: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.follows',
    types: ['user.followed', 'user.unfollowed', 'user.deleted'],
    async handle(event) {
      const { timelines, celebrities, skeletons } = deps
      if (event.type === 'user.deleted') {
        await timelines.erase(event.payload.user_id)
        return celebrities.remove(event.payload.user_id)
      }
      const { follower_id, followee_id } = event.payload
      if (event.type === 'user.unfollowed') await timelines.remove(follower_id, followee_id)
      else if (!(await celebrities.has(followee_id))) await timelines.backfill(follower_id, followee_id)
      await skeletons.forget([follower_id])
    },
  })

const affinity = (deps: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.affinity',
    types: ['post.liked', 'post.unliked', 'comment.created', 'post.saved', 'post.unsaved'],
    batch: 500,
    async handleBatch(events) {
      const authors = await deps.posts.authorOf([...new Set(events.map((event) => event.payload.post_id))])
      const last = new Map<string, store.Interaction & { stands: boolean }>()
      for (const { type, payload } of events) {
        const { user_id, post_id } = payload
        const author_id = authors.get(post_id)
        if (!author_id || author_id === user_id) continue
        const deed = type === 'comment.created' ? 'comment' : type.endsWith('saved') ? 'save' : 'like'
        const stands = type !== 'post.unliked' && type !== 'post.unsaved'
        last.set(`${user_id} ${post_id} ${deed}`, { user_id, author_id, post_id, deed, stands })
      }
      const all = [...last.values()]
      await store.addInteractions(
        deps.db.query,
        all.filter((each) => each.stands),
      )
      await store.removeInteractions(
        deps.db.query,
        all.filter((each) => !each.stands),
      )
    },
  })
