import type { Events, PostId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import type { Graph } from '../graph/api.ts'
import type { PostRecord, Posts } from '../posts/api.ts'
import type { Celebrities } from './celebrities.ts'
import { Fanout, type FanoutDeps } from './fanout.ts'
import type { FeedEntry } from './merge.ts'
import type { Reposted } from './reposted.ts'
import type { Skeletons } from './skeletons.ts'
import * as store from './store.ts'
import type { TagFollows } from './tag-follows.ts'
import type { Timelines } from './timelines.ts'

export interface FeedEventDeps extends FanoutDeps {
  db: Db
  timelineStore: TimelineStore
  timelines: Timelines
  skeletons: Pick<Skeletons, 'add' | 'forget'>
  celebrities: Celebrities
  posts: Pick<Posts, 'authorOf' | 'records' | 'sharedPosts'>
  graph: FanoutDeps['graph'] & Pick<Graph, 'following' | 'relations'>
  tagFollows: Pick<TagFollows, 'backfill' | 'forget' | 'publish'>
  reposted: Pick<Reposted, 'backfill' | 'keep' | 'publish'>
}

export function feedConsumers(deps: FeedEventDeps): Consumer[] {
  return [
    pushes(deps),
    follows(deps),
    circles(deps),
    affinity(deps),
    tagged(deps),
    choices(deps),
    passedOn(deps),
  ]
}

/** Events at once: an author's posts that follow one another closely wait for each other and are not to keep out others'. */
const WAITING = 100

const pushes = (deps: FeedEventDeps): Consumer => {
  const fanout = new Fanout(deps)
  return consumer({
    group: 'feed.fanout',
    types: [
      'post.published',
      'feed.fanout_due',
      'post.archived',
      'post.restored',
      'post.deleted',
      'post.collaborators_changed',
    ],
    concurrency: WAITING,
    async handle(event, signal) {
      const { post_id, author_id } = event.payload
      const post = { post_id, author_id }
      // It stands where it belongs on its author's profile; nobody's feed is flooded.
      if (event.type === 'post.published')
        return event.payload.imported ? undefined : publish(deps, fanout, event.payload, signal)
      const record = (await deps.posts.records([post_id])).get(post_id)
      const authors = authorsOf(record, author_id)
      if (event.type === 'post.collaborators_changed')
        return regroup(deps, fanout, { ...event.payload, authors }, signal)
      if (event.type === 'post.restored') {
        if (record && record.circles.length > 0)
          return fanout.toCircles(post, { circles: record.circles, isNews: false }, signal)
        for (const id of authors) await fanout.putBack({ post_id, author_id: id }, signal)
        return
      }
      if (event.type === 'feed.fanout_due') {
        return record ? fanout.goOn(post, event.payload.after, signal) : undefined
      }
      for (const id of authors) await deps.celebrities.forgetRecent(id)
      // Timelines keep its place.
      if (event.type === 'post.archived') return
      await deps.timelineStore.removePosts([post_id])
    },
  })
}

async function publish(
  { posts }: FeedEventDeps,
  fanout: Fanout,
  { post_id, author_id, for_circles }: Events['post.published'],
  signal: AbortSignal,
): Promise<void> {
  const post = { post_id, author_id }
  if (!for_circles) return fanout.publish(post, signal)
  const record = (await posts.records([post_id])).get(post_id)
  if (record) await fanout.toCircles(post, { circles: record.circles, isNews: true }, signal)
}

/** Whose followers have a published post in their feeds. */
const authorsOf = (post: PostRecord | undefined, authorId: UserId): UserId[] => [
  authorId,
  ...(post?.status === 'published' ? post.collaborators : []).flatMap(({ user_id, state }) =>
    state === 'accepted' ? [user_id] : [],
  ),
]

interface Regrouping {
  post_id: PostId
  joined_ids: readonly UserId[]
  left_ids: readonly UserId[]
  /** As it is now. */
  authors: readonly UserId[]
}

/** It comes to the followers of who is an author now, and goes where it stood for who is none any more. */
async function regroup(
  deps: FeedEventDeps,
  fanout: Fanout,
  { post_id, joined_ids, left_ids, authors }: Regrouping,
  signal: AbortSignal,
): Promise<void> {
  const post = (await deps.posts.records([post_id])).get(post_id)
  const left = left_ids.filter((id) => !authors.includes(id))
  if (left.length > 0) {
    await deps.timelineStore.removePosts([post_id])
    for (const id of left) await fanout.part({ post_id, author_id: id }, signal)
  }
  if (post?.status !== 'published') return
  // What was taken from all goes back to those for whom it still is.
  const due = left.length > 0 ? authors : joined_ids.filter((id) => authors.includes(id))
  for (const id of due) await fanout.join({ post_id, author_id: id }, signal)
  if (left.length > 0 && !post.imported)
    await deps.tagFollows.publish({ post_id, author_id: post.author_id }, signal)
}

const follows = (deps: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.follows',
    types: ['user.followed', 'user.unfollowed'],
    async handle(event) {
      const { timelines, celebrities, skeletons, reposted } = deps
      const { follower_id, followee_id } = event.payload
      if (event.type === 'user.unfollowed') {
        await timelines.remove(follower_id, followee_id, await keptForOthers(deps, follower_id, followee_id))
        await reposted.keep(follower_id)
      }
      if (event.type === 'user.followed')
        await timelines.backfill(follower_id, followee_id, await celebrities.has(followee_id))
      if (event.type === 'user.followed') await reposted.backfill(follower_id, followee_id)
      await skeletons.forget([follower_id])
    },
  })

/** Who comes into a circle of somebody whom they follow finds there what was for it before. Who leaves it is shown nothing of it. */
const circles = ({ graph, timelines, skeletons }: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.circles',
    types: ['circle.member_added'],
    async handle({ payload: { member_id, owner_id } }) {
      if (!(await graph.relations(member_id)).following.has(owner_id)) return
      await timelines.backfill(member_id, owner_id, true)
      await skeletons.forget([member_id])
    },
  })

/** Of those made together with somebody whom the member still follows, as many as a timeline keeps. */
const SHARED = 800

/** What stood there for who is no longer followed and has another author who is, goes on standing there for them. */
async function keptForOthers(
  { posts, graph }: FeedEventDeps,
  followerId: UserId,
  goneId: UserId,
): Promise<FeedEntry[]> {
  const records = await posts.records(await posts.sharedPosts(goneId, SHARED))
  if (records.size === 0) return []
  const following = new Set(await graph.following(followerId))
  return [...records.values()].flatMap((post) => {
    const author_id = authorsOf(post, post.author_id).find((id) => id !== goneId && following.has(id))
    return author_id ? [{ post_id: post.post_id, author_id }] : []
  })
}

/** Those who follow a hashtag get its posts beside those who follow the author. */
const tagged = ({ tagFollows }: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.tagged',
    types: ['post.published'],
    handle: async ({ payload: { post_id, author_id, imported } }, signal) => {
      if (!imported) await tagFollows.publish({ post_id, author_id }, signal)
    },
  })

/** Those who follow who passed a post on get it. */
const passedOn = ({ reposted }: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.reposts',
    types: ['post.reposted', 'feed.repost_due'],
    handle: ({ type, payload }, signal) =>
      reposted.publish(payload, type === 'feed.repost_due' ? payload.after : null, signal),
  })

const choices = ({ tagFollows }: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.choices',
    types: ['hashtag.followed', 'hashtag.unfollowed', 'feed.weights_changed'],
    async handle({ type, payload }) {
      if (type === 'hashtag.followed') await tagFollows.backfill(payload.user_id, payload.tag)
      else await tagFollows.forget(payload.user_id)
    },
  })

const affinity = (deps: FeedEventDeps): Consumer =>
  consumer({
    group: 'feed.affinity',
    urgency: 'last',
    types: ['post.liked', 'post.unliked', 'comment.created', 'post.saved', 'post.unsaved'],
    batch: 500,
    async handleBatch(events) {
      const authors = await deps.posts.authorOf([...new Set(events.map((event) => event.payload.post_id))])
      const last = new Map<string, store.Interaction & { stands: boolean }>()
      for (const { type, payload } of events) {
        const { user_id, post_id } = payload
        const author_id = authors.get(post_id)
        if (!author_id || author_id === user_id) continue
        const kind = type === 'comment.created' ? 'comment' : type.endsWith('saved') ? 'save' : 'like'
        const stands = type !== 'post.unliked' && type !== 'post.unsaved'
        last.set(`${user_id} ${post_id} ${kind}`, { user_id, author_id, post_id, kind, stands })
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
