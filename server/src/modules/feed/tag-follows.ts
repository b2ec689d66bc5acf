import {
  feedLimits,
  hashtagsOf,
  normalizeTag,
  type PostId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import type { PostRecord, Posts } from '../posts/api.ts'
import * as store from './choice-store.ts'
import type { FeedEntry } from './merge.ts'
import type { Skeletons } from './skeletons.ts'
import type { Timelines } from './timelines.ts'

export interface TagFollowDeps {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append'>
  timelineStore: TimelineStore
  timelines: Pick<Timelines, 'active' | 'present'>
  skeletons: Pick<Skeletons, 'add' | 'forget'>
  posts: Pick<Posts, 'records' | 'tagPosts'>
}

/** Seconds; a change is told to all processes at once. */
const TTL = 1800
/** Posts that a tag brings when it is followed, and followers that one post is pushed to. */
const BACKFILL = 50
const AUDIENCE = 10_000
const CHUNK = 1000

/** Hashtags that members follow. Their posts are pushed as those of people are, and believed on each read only while the tag is followed. */
export class TagFollows {
  readonly #deps: TagFollowDeps
  readonly #tags: Entries<UserId, string[]>

  constructor(deps: TagFollowDeps) {
    this.#deps = deps
    const forgets = [on(['hashtag.followed', 'hashtag.unfollowed'], (e) => [e.user_id])]
    this.#tags = deps.cache.entries('followed-tags', { ttl: TTL, forgets })
  }

  /** While nothing changes, the same array. */
  of(userId: UserId): Promise<readonly string[]> {
    return this.#tags.through(userId, () => store.readTags(this.#deps.db.query, userId))
  }

  async follow(userId: UserId, name: string): Promise<{ following: true }> {
    const tag = tagOf(name)
    await this.#deps.db.tx(async (tx) => {
      await store.lockChoices(tx, userId)
      if (!(await store.addTag(tx, userId, tag))) return
      if ((await store.readTags(tx, userId)).length > feedLimits.hashtags)
        throw new TintypeError('too_many_hashtags')
      await this.#deps.outbox.append(tx, [{ type: 'hashtag.followed', payload: { user_id: userId, tag } }])
    })
    return { following: true }
  }

  async unfollow(userId: UserId, name: string): Promise<{ following: false }> {
    const tag = tagOf(name)
    await this.#deps.db.tx(async (tx) => {
      if (await store.removeTag(tx, userId, tag))
        await this.#deps.outbox.append(tx, [
          { type: 'hashtag.unfollowed', payload: { user_id: userId, tag } },
        ])
    })
    return { following: false }
  }

  /** By which of the followed tags each of the posts is there; absent: by none. */
  async among(tags: readonly string[], ids: readonly PostId[]): Promise<Map<PostId, string>> {
    const found = new Map<PostId, string>()
    if (tags.length === 0 || ids.length === 0) return found
    for (const [id, post] of await this.#deps.posts.records(ids)) {
      const tag = tagsOf(post).find((one) => tags.includes(one))
      if (tag !== undefined) found.set(id, tag)
    }
    return found
  }

  /** A tag that is followed brings its newest posts. */
  async backfill(userId: UserId, tag: string): Promise<void> {
    const { posts, timelineStore, skeletons } = this.#deps
    const newest = await posts.tagPosts(tag, { before: undefined, limit: BACKFILL })
    if (newest.length > 0) await timelineStore.pushMany([userId], newest)
    await skeletons.forget([userId])
  }

  /** A post goes to those who follow one of its tags and have been here lately. */
  async publish(post: FeedEntry, signal: AbortSignal): Promise<void> {
    const { db, posts, timelines, timelineStore, skeletons } = this.#deps
    const record = (await posts.records([post.post_id])).get(post.post_id)
    const tags = record?.status === 'published' ? tagsOf(record) : []
    if (tags.length === 0) return
    let after: UserId | null = null
    for (let pushed = 0; pushed < AUDIENCE; pushed += CHUNK) {
      signal.throwIfAborted()
      const followers: UserId[] = await store.tagFollowers(db.query, tags, after, CHUNK)
      const active = await timelines.active(followers)
      if (active.length > 0) {
        await timelineStore.pushMany(active, [post])
        await skeletons.add(await timelines.present(active), [post])
      }
      after = followers.at(-1) ?? null
      if (followers.length < CHUNK) return
    }
  }

  forget(userId: UserId): Promise<void> {
    return this.#deps.skeletons.forget([userId])
  }
}

/** What is for circles comes by no hashtag. */
const tagsOf = ({ circles, facets }: Pick<PostRecord, 'circles' | 'facets'>): string[] =>
  circles.length > 0 ? [] : hashtagsOf(facets)

function tagOf(name: string): string {
  const tag = normalizeTag(name)
  if (tag === '') throw new TintypeError('not_found')
  return tag
}
