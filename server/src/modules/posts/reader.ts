import { attachedTo, mentionsOf, type PostId, TintypeError, type UserId } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import { dayOf, idTime } from '../../kit/ids.ts'
import { invitations, sharedPosts } from './collaborator-store.ts'
import { postCounts } from './count-store.ts'
import { tagsOf } from './listing.ts'
import { inPictures, taggedPosts } from './people-store.ts'
import { recentPosts } from './recent-store.ts'
import { archivedPosts, pinnedPosts } from './shelf-store.ts'
import type { Before, Collaborating, PostRecord, PostRef } from './store.ts'
import * as store from './store.ts'

export interface ReaderDeps {
  db: Db
  cache: Cache
  clock: Clock
  /** Seconds a post stays cached. */
  postTtl: number
  graph: Judges
}

const DAY = 86_400_000
/** Of posts that are not there: they are answered as fast as those the viewer may not see. */
const ABSENCE = { ttl: 60, most: 10_000 }
const NEWS = [
  on(
    [
      'post.published',
      'post.failed',
      'post.edited',
      'post.archived',
      'post.restored',
      'post.pinned',
      'post.unpinned',
      'post.people_changed',
      'post.collaborators_changed',
      'post.deleted',
    ],
    (e) => [e.post_id],
  ),
  // It was made: an attempt beside this one may have looked for it and found nothing.
  on(['media.uploaded'], (e) => {
    const { kind, id } = attachedTo(e)
    return kind === 'post' ? [id as PostId] : []
  }),
]

/** Posts by id and in lists. What takes a viewer judges what they may see; what does not, judges nothing. */
export class PostsReader {
  readonly #deps: ReaderDeps
  readonly #records: Entries<PostId, PostRecord>

  constructor(deps: ReaderDeps) {
    this.#deps = deps
    this.#records = deps.cache.entries('post', {
      ttl: deps.postTtl,
      absence: ABSENCE,
      shared: true,
      forgets: NEWS,
    })
  }

  /** By id, whoever asks; deleted ones are absent. */
  async records(ids: readonly PostId[]): Promise<Map<PostId, PostRecord>> {
    if (ids.length === 0) return new Map()
    const { db } = this.#deps
    const found = await this.#records.throughMany(ids, async (missing) =>
      byField(await store.readPosts(db.query, missing), 'post_id'),
    )
    return byField(found, 'post_id')
  }

  /** Those of the posts that the viewer may see; one batched read per kind. */
  async visible(viewerId: UserId | null, ids: readonly PostId[]): Promise<Map<PostId, PostRecord>> {
    const posts = await this.records(ids)
    const authors = [...new Set([...posts.values()].map((post) => post.author_id))]
    const see = await this.#deps.graph.judge(viewerId, authors)
    for (const [id, post] of posts) if (see(post.author_id, post) !== 'full') posts.delete(id)
    return posts
  }

  /** All posts, by id. */
  idsAfter(after: PostId | undefined, limit: number): Promise<PostId[]> {
    return store.postsAfter(this.#deps.db.query, after, limit)
  }

  /** Rejects with `not_found` where the viewer may not see it. */
  async findVisible(viewerId: UserId | null, id: PostId): Promise<PostRecord> {
    const post = (await this.visible(viewerId, [id])).get(id)
    if (!post) throw new TintypeError('not_found')
    return post
  }

  async authorOf(ids: readonly PostId[]): Promise<Map<PostId, UserId>> {
    return new Map([...(await this.records(ids)).values()].map((post) => [post.post_id, post.author_id]))
  }

  /** Whom captions mention, past every cache. */
  async mentioned(ids: readonly PostId[]): Promise<Map<PostId, UserId[]>> {
    const posts = ids.length === 0 ? [] : await store.readPosts(this.#deps.db.query, ids)
    return new Map(posts.map(({ post_id, facets }) => [post_id, mentionsOf(facets)]))
  }

  async postCounts(authorIds: readonly UserId[]): Promise<Map<UserId, number>> {
    const counted = await postCounts.read(this.#deps.db.query, authorIds, 'anybody')
    return new Map([...counted].map(([id, { posts_count }]) => [id, posts_count]))
  }

  /** What an author pinned to their profile, last pinned first. */
  pinnedPosts(authorId: UserId): Promise<PostId[]> {
    return pinnedPosts(this.#deps.db.query, authorId)
  }

  /** What a member is tagged in, newest first; or what waits for them to agree. */
  taggedPosts(userId: UserId, page: Before & { pending: boolean }): Promise<PostRef[]> {
    return taggedPosts(this.#deps.db.replica, userId, page)
  }

  /** What a member is asked to be an author of, newest first. */
  invitations(userId: UserId, page: Before): Promise<PostRef[]> {
    return invitations(this.#deps.db.query, userId, page)
  }

  /** The newest posts of which a member is one of several authors. */
  sharedPosts(userId: UserId, limit: number): Promise<PostId[]> {
    return sharedPosts(this.#deps.db.query, userId, limit)
  }

  /** Who is asked to be an author of posts, and who is, past every cache. */
  async collaborating(ids: readonly PostId[]): Promise<Map<PostId, Collaborating[]>> {
    const posts = ids.length === 0 ? [] : await store.readPosts(this.#deps.db.query, ids)
    return new Map(posts.map(({ post_id, collaborators }) => [post_id, collaborators]))
  }

  /** Who is in the pictures of posts, past every cache. */
  async tagged(ids: readonly PostId[]): Promise<Map<PostId, UserId[]>> {
    const posts = ids.length === 0 ? [] : await store.readPosts(this.#deps.db.query, ids)
    return new Map(posts.map(({ post_id, people }) => [post_id, inPictures(people)]))
  }

  /** What an author put away, newest first. */
  archivedPosts(authorId: UserId, page: Before): Promise<PostRef[]> {
    return archivedPosts(this.#deps.db.query, authorId, page)
  }

  /** An author's posts below `before`, newest first. */
  authorPosts(
    authorId: UserId,
    page: Before & { as: store.AuthorPosts; reader?: store.Reader },
  ): Promise<PostRef[]> {
    return store.authorPosts(this.#deps.db.query, authorId, page)
  }

  tagPosts(tag: string, page: Before): Promise<PostRef[]> {
    return store.tagPosts(this.#deps.db.query, tag, page)
  }

  /** By tag: the authors of its newest posts, `limit` at most, one for each post; unknown ones have none. */
  async newestAuthors(tags: readonly string[], limit: number): Promise<Map<string, UserId[]>> {
    const rows = tags.length === 0 ? [] : await store.newestAuthors(this.#deps.db.query, tags, limit)
    return new Map(rows.map((row) => [row.tag, row.author_ids]))
  }

  /** The hashtags that posts are listed under, past every cache. */
  async tagsOf(ids: readonly PostId[]): Promise<Map<PostId, string[]>> {
    const rows = ids.length === 0 ? [] : await store.readTagged(this.#deps.db.query, ids)
    return new Map(rows.map((post) => [post.post_id, tagsOf(post)]))
  }

  /** The newest posts of many authors together, `perAuthor` of each at most. */
  async recentByAuthors(authorIds: readonly UserId[], page: store.RecentPage): Promise<PostRef[]> {
    return authorIds.length === 0 ? [] : store.recentByAuthors(this.#deps.db.query, authorIds, page)
  }

  /** Published posts of the last `days` days, newest first. */
  recentPosts(days: number, page: Before): Promise<PostRef[]> {
    const now = this.#deps.clock.now()
    const to = dayOf(page.before === undefined ? now : Math.min(now, idTime(page.before)))
    return recentPosts(this.#deps.db.query, { from: dayOf(now - days * DAY), to }, page)
  }

  /** Rejects with `not_found` unless it is theirs. */
  async assertOwn(authorId: UserId, id: PostId): Promise<void> {
    if ((await this.authorOf([id])).get(id) !== authorId) throw new TintypeError('not_found')
  }
}
