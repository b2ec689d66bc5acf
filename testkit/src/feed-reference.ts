import type { PostId, UserId } from '@tintype/contract'
import type { Sql } from 'postgres'
import { openSql } from './sql.ts'

export interface ReferencePost {
  post_id: PostId
  author_id: UserId
  status: string
  caption: string
}
export interface ReferenceMember {
  user_id: UserId
  username: string
  is_private: boolean
}

/** Everything about some members and their posts, read plainly from the tables that are the truth. */
export interface Truth {
  members: Map<UserId, ReferenceMember>
  /** Newest first. */
  posts: ReferencePost[]
  /** Pairs of ids with a blank between: who follows whom, asks to, blocks, mutes; who likes what. */
  following: Set<string>
  requests: Set<string>
  blocks: Set<string>
  mutes: Set<string>
  likes: Set<string>
  /** Last saved first. */
  saves: Set<string>
  /** One per comment; not a set. */
  comments: string[]
}

/**
 * What feeds ought to show, by the plainest code that could say so: whole tables, no index, no cache, no paging. What the
 * server answers is held against it.
 */
export class FeedReference implements AsyncDisposable {
  readonly #sql: Sql

  constructor(databaseUrl: string) {
    this.#sql = openSql(databaseUrl, { max: 1 })
  }

  /** One snapshot of everything between these members. */
  read(memberIds: readonly UserId[]): Promise<Truth> {
    return this.#sql.begin('isolation level repeatable read read only', async (sql) => {
      const among = sql`any(${`{${memberIds}}`}::uuid[])`
      const [members, posts, following, requests, blocks, mutes, likes, saves, comments] = await Promise.all([
        sql<ReferenceMember[]>`select user_id, username, is_private from users where user_id = ${among}`,
        sql<ReferencePost[]>`select post_id, author_id, status, caption from posts
          where author_id = ${among} order by post_id desc`,
        sql<Pair[]>`select follower_id a, followee_id b from following where follower_id = ${among}`,
        sql<Pair[]>`select follower_id a, followee_id b from requested_follows where follower_id = ${among}`,
        sql<Pair[]>`select blocker_id a, blocked_id b from blocks where blocker_id = ${among}`,
        sql<Pair[]>`select muter_id a, muted_id b from mutes where muter_id = ${among}`,
        sql<Pair[]>`select user_id a, post_id b from likes where user_id = ${among}`,
        sql<Pair[]>`select user_id a, post_id b from saves where user_id = ${among} order by save_id desc`,
        sql<Pair[]>`select user_id a, post_id b from comments where user_id = ${among}`,
      ])
      return {
        members: new Map(members.map((row) => [row.user_id, row])),
        posts: [...posts],
        following: setOf(following),
        requests: setOf(requests),
        blocks: setOf(blocks),
        mutes: setOf(mutes),
        likes: setOf(likes),
        saves: setOf(saves),
        comments: comments.map(textOf),
      }
    }) as Promise<Truth>
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sql.end()
  }
}

interface Pair {
  a: string
  b: string
}
const textOf = ({ a, b }: Pair) => `${a} ${b}`
const setOf = (pairs: readonly Pair[]) => new Set(pairs.map(textOf))

/** Whether these two are hidden from each other. */
export const areBlocked = ({ blocks }: Truth, one: UserId, other: UserId): boolean =>
  blocks.has(`${one} ${other}`) || blocks.has(`${other} ${one}`)

/** Null: a visitor. */
export function isVisible(truth: Truth, viewer: UserId | null, post: ReferencePost): boolean {
  const { author_id } = post
  return viewer === author_id || (post.status === 'published' && maySeePosts(truth, viewer, author_id))
}

function maySeePosts(truth: Truth, viewer: UserId | null, author: UserId): boolean {
  if (viewer === author) return true
  if (viewer !== null && areBlocked(truth, viewer, author)) return false
  return !truth.members.get(author)?.is_private || truth.following.has(`${viewer} ${author}`)
}

const idsOf = (posts: readonly ReferencePost[]): PostId[] => posts.map((post) => post.post_id)

/** Newest first. */
export function homeOf(truth: Truth, viewer: UserId): PostId[] {
  const isTheirs = ({ author_id }: ReferencePost) =>
    author_id === viewer ||
    (truth.following.has(`${viewer} ${author_id}`) && !truth.mutes.has(`${viewer} ${author_id}`))
  return idsOf(
    truth.posts.filter(
      (post) => post.status === 'published' && isTheirs(post) && isVisible(truth, viewer, post),
    ),
  )
}

/** Newest first; undefined where the viewer gets no answer at all. */
export function profileOf(truth: Truth, viewer: UserId | null, author: UserId): PostId[] | undefined {
  if (!maySeePosts(truth, viewer, author)) return undefined
  return idsOf(truth.posts.filter((post) => post.author_id === author && isVisible(truth, viewer, post)))
}

/** Newest first. */
export function hashtagOf(truth: Truth, viewer: UserId | null, tag: string): PostId[] {
  const isTagged = ({ caption }: ReferencePost) => caption.split(/\s+/).includes(`#${tag}`)
  return idsOf(
    truth.posts.filter(
      (post) => post.status === 'published' && isTagged(post) && isVisible(truth, viewer, post),
    ),
  )
}

/** Last saved first. */
export function savedOf(truth: Truth, viewer: UserId): PostId[] {
  const seen = new Set<string>(idsOf(truth.posts.filter((post) => isVisible(truth, viewer, post))))
  const saved = [...truth.saves].filter((pair) => pair.startsWith(viewer)).map((pair) => pair.split(' ')[1])
  return saved.filter((id) => id !== undefined && seen.has(id)) as PostId[]
}

/** What a viewer must be shown of a post, beside its pictures. */
export function shownOf(truth: Truth, viewer: UserId | null, post: ReferencePost) {
  const author = truth.members.get(post.author_id)
  const has = (pairs: ReadonlySet<string>, other: string) => pairs.has(`${viewer} ${other}`)
  return {
    username: author?.username,
    is_private: author?.is_private,
    caption: post.caption,
    viewer: {
      liked: has(truth.likes, post.post_id),
      saved: has(truth.saves, post.post_id),
      following: has(truth.following, post.author_id),
      is_author: viewer === post.author_id,
    },
  }
}

/** Exact once everything has settled. */
export const countersOf = (truth: Truth, id: PostId) => ({
  likes_count: [...truth.likes].filter((pair) => pair.endsWith(id)).length,
  comments_count: truth.comments.filter((pair) => pair.endsWith(id)).length,
})

/** Exact once everything has settled. */
export const profileCountsOf = (truth: Truth, user: UserId) => ({
  posts_count: truth.posts.filter((post) => post.author_id === user && post.status === 'published').length,
  followers_count: [...truth.following].filter((pair) => pair.endsWith(user)).length,
  following_count: [...truth.following].filter((pair) => pair.startsWith(user)).length,
})
