import {
  type Comment,
  type CommentId,
  type Page,
  type PostId,
  TintypeError,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import { isHiddenFromAny } from '../../access/visibility.ts'
import type { Entries } from '../../engines/cache/port.ts'
import { encodeCursor, idCursor } from '../../kit/cursor.ts'
import { idTime } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import * as store from './comment-store.ts'
import { commentCounters } from './counter-store.ts'
import type { EngagementDeps, PageRequest, VisiblePost } from './deps.ts'
import { readHeld } from './held-store.ts'
import { likedComments } from './like-store.ts'
import { readPinned } from './pin-store.ts'

/** Seconds for which the way from a comment to its post is kept. */
const WAY_TTL = 900

/** Reads comments as a viewer sees them: those of members hidden from the viewer are left out. */
export class Threads {
  readonly #deps: EngagementDeps
  readonly #posts: Entries<CommentId, PostId | undefined>

  constructor(deps: EngagementDeps) {
    this.#deps = deps
    this.#posts = deps.cache.entries('comment_post', { ttl: WAY_TTL })
  }

  /** Top-level comments: those that are pinned, then oldest first. */
  async comments(viewerId: UserId | null, postId: PostId, query: PageRequest): Promise<Page<Comment>> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    if (query.cursor !== undefined) return this.#page(viewerId, post, null, query)
    const [pinned, page] = await Promise.all([
      readPinned(this.#deps.db.query, postId).then((rows) => this.present(viewerId, post, rows)),
      this.#page(viewerId, post, null, query),
    ])
    return pinnedFirst(
      pinned.filter((comment) => comment !== undefined),
      page,
      query.limit ?? 20,
    )
  }

  /** Oldest first. */
  async replies(viewerId: UserId | null, commentId: CommentId, query: PageRequest): Promise<Page<Comment>> {
    const { post, comment } = await this.findComment(viewerId, commentId)
    return this.#page(viewerId, post, comment.comment_id, query)
  }

  /** Rejects with `not_found` where the viewer may not see the post or the one who wrote the comment. */
  async findComment(
    viewerId: UserId | null,
    commentId: CommentId,
  ): Promise<{ post: VisiblePost; comment: store.CommentRow }> {
    const comment = await this.anyComment(commentId)
    const post = await this.#deps.posts.findVisible(viewerId, comment.post_id)
    await this.#assertSeen(viewerId, post.author_id, comment)
    return { post, comment }
  }

  /** The same for a comment of a post that the viewer is known to see. */
  async findCommentOf(viewerId: UserId, post: VisiblePost, commentId: CommentId): Promise<store.CommentRow> {
    const comment = await this.#read(post.post_id, commentId)
    // Nobody answers what is held back or removed, whoever may see it.
    const isOwn = comment.restricted && comment.user_id === viewerId
    if ((comment.held && !isOwn) || comment.removed) throw new TintypeError('not_found')
    await this.#assertSeen(viewerId, post.author_id, comment)
    return comment
  }

  /** Of comments wherever they stand, those that the viewer may see. */
  async visible(
    viewerId: UserId | null,
    refs: readonly { post_id: PostId; comment_id: CommentId }[],
  ): Promise<store.CommentRow[]> {
    const posts = await this.#deps.posts.visible(viewerId, [...new Set(refs.map((ref) => ref.post_id))])
    const open = refs.filter((ref) => posts.has(ref.post_id))
    const rows = open.length === 0 ? [] : await store.readComments(this.#deps.db.query, open)
    const byAuthor = Map.groupBy(rows, (row) => posts.get(row.post_id)?.author_id)
    const seen = await Promise.all(
      [...byAuthor].map(async ([authorId, some]) => {
        if (authorId === undefined) return []
        const writers = [...new Set(some.map((row) => row.user_id))]
        const isHidden = await this.#hiding(viewerId, authorId, writers)
        return some.filter((row) => !isHidden(row))
      }),
    )
    return seen.flat()
  }

  /** By id, whoever asks. */
  async anyComment(commentId: CommentId): Promise<store.CommentRow> {
    // A comment never changes its post; whether it still stands, the read that follows says.
    const postId = await this.#posts.through(commentId, () =>
      store.postOfComment(this.#deps.db.query, commentId),
    )
    if (!postId) throw new TintypeError('not_found')
    return this.#read(postId, commentId)
  }

  async #read(post_id: PostId, comment_id: CommentId): Promise<store.CommentRow> {
    const { query } = this.#deps.db
    const refs = [{ post_id, comment_id }]
    const standing = async () => (await store.readComments(query, refs))[0]
    // One that is approved meanwhile has gone from the second place to the first.
    const found = (await standing()) ?? (await readHeld(query, refs))[0] ?? (await standing())
    if (!found) throw new TintypeError('not_found')
    return found
  }

  async #assertSeen(viewerId: UserId | null, authorId: UserId, comment: store.CommentRow): Promise<void> {
    const { user_id, held } = comment
    if (held && viewerId !== user_id) throw new TintypeError('not_found')
    const isHidden = await this.#hiding(viewerId, authorId, [user_id])
    if (isHidden(comment)) throw new TintypeError('not_found')
  }

  /** Which comments are not shown: those hidden from the viewer and, to anybody, of those hidden from the post's author. */
  async #hiding(
    viewerId: UserId | null,
    authorId: UserId,
    writers: readonly UserId[],
  ): Promise<(row: Pick<store.CommentRow, 'user_id' | 'removed'>) => boolean> {
    const { graph } = this.#deps
    const [reader, author] = await Promise.all([
      graph.judge(viewerId, writers),
      viewerId === authorId ? undefined : graph.judge(authorId, writers),
    ])
    return ({ user_id, removed }) => {
      const trace = { trace: true, status: removed ? 'removed' : 'published' } as const
      return isHiddenFromAny(user_id, [(id) => reader(id, trace), author])
    }
  }

  /** By position; undefined where the one who wrote it is hidden from the viewer, or from the post's author. */
  async present(
    viewerId: UserId | null,
    post: Pick<VisiblePost, 'post_id' | 'author_id'>,
    rows: readonly store.CommentRow[],
  ): Promise<(Comment | undefined)[]> {
    const { db, people, texts } = this.#deps
    const writers = [...new Set(rows.map((row) => row.user_id))]
    const ids = rows.map((row) => row.comment_id)
    const [summaries, isHidden, counts, liked, read] = await Promise.all([
      people.summaries(writers),
      this.#hiding(viewerId, post.author_id, writers),
      commentCounters.read(db.query, ids, viewerId, post.post_id),
      viewerId === null ? undefined : likedComments(db.query, post.post_id, ids, viewerId),
      texts.read(viewerId, rows.map(authoredOf)),
    ])
    return rows.map((row, at) => {
      const user = summaries.get(row.user_id)
      if (!user || isHidden(row)) return undefined
      const state = { ...counts.get(row.comment_id), liked: liked?.has(row.comment_id) }
      return commentOf({ ...row, ...read[at] }, { user, state, viewerId, post })
    })
  }

  /** A comment as the one who wrote it sees it the moment it stands: nothing of it has to be read. */
  async presentNew(post: VisiblePost, row: store.CommentRow): Promise<Comment> {
    const user = (await this.#deps.people.summaries([row.user_id])).get(row.user_id)
    if (!user) throw new TintypeError('conflict')
    return commentOf(row, { user, state: {}, viewerId: row.user_id, post })
  }

  /** One comment as each of these members sees it; absent: those whom it is hidden from. All of them see the post. */
  async presentTo(
    viewers: readonly UserId[],
    post: Pick<VisiblePost, 'post_id' | 'author_id'>,
    row: store.CommentRow,
  ): Promise<Map<UserId, Comment>> {
    const { db, people, texts } = this.#deps
    const ids = [row.comment_id]
    // What one did oneself is asked for only where one asks: a comment that was just written nobody has liked.
    const [first, ...others] = viewers
    const asking = others.length === 0 ? (first ?? null) : null
    const [summaries, counts, liked] = await Promise.all([
      people.summaries([row.user_id]),
      commentCounters.read(db.query, ids, asking, post.post_id),
      asking === null ? undefined : likedComments(db.query, post.post_id, ids, asking),
    ])
    const state = { ...counts.get(row.comment_id), liked: liked?.has(row.comment_id) }
    const user = summaries.get(row.user_id)
    if (!user) return new Map()
    const seen = await this.seeing(viewers, post.author_id, row)
    const read = await Promise.all(seen.map((viewer) => texts.read(viewer, [authoredOf(row)])))
    return new Map(
      seen.map((viewerId, at) => [
        viewerId,
        commentOf({ ...row, ...read[at]?.[0] }, { user, state, viewerId, post }),
      ]),
    )
  }

  /** Those of the members who see what a writer says under a post of this author. */
  async seeing(
    viewers: readonly UserId[],
    authorId: UserId,
    row: Pick<store.CommentRow, 'user_id' | 'removed'>,
  ): Promise<UserId[]> {
    const writers = [row.user_id]
    const judged = await Promise.all(viewers.map((viewer) => this.#hiding(viewer, authorId, writers)))
    return viewers.filter((_, at) => judged[at]?.(row) === false)
  }

  /** Undefined where it is gone. */
  async row(post_id: PostId, comment_id: CommentId): Promise<store.CommentRow | undefined> {
    return (await store.readComments(this.#deps.db.query, [{ post_id, comment_id }]))[0]
  }

  async repliesCount(post_id: PostId, comment_id: CommentId): Promise<number> {
    const counts = await commentCounters.read(this.#deps.db.query, [comment_id], null, post_id)
    return counts.get(comment_id)?.replies_count ?? 0
  }

  #page(
    viewerId: UserId | null,
    post: VisiblePost,
    parentId: CommentId | null,
    query: PageRequest,
  ): Promise<Page<Comment>> {
    const kind = parentId === null ? 'comments' : 'replies'
    return fillPage<store.CommentRow, Comment, CommentId>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read: (after, limit) =>
        store.pageComments(this.#deps.db.replica, post.post_id, parentId, { viewerId, after, limit }),
      keyOf: (row) => row.comment_id,
      present: (rows) => this.present(viewerId, post, rows),
    })
  }
}

/** Before every comment. */
const START = '00000000-0000-7000-8000-000000000000'

/** Puts the pinned ones, whatever the limit, before the first page, and the end of the page where it is full then. */
function pinnedFirst(pinned: Comment[], page: Page<Comment>, limit: number): Page<Comment> {
  if (pinned.length === 0) return page
  const room = Math.max(0, limit - pinned.length)
  const items = [...pinned, ...page.items.slice(0, room)]
  if (page.items.length <= room) return { ...page, items }
  const last = page.items[room - 1]?.comment_id ?? START
  return { items, next_cursor: encodeCursor('comments', [last]) }
}

export const authoredOf = ({ user_id, text, facets }: store.CommentRow) => ({
  writer_id: user_id,
  text,
  facets,
})

/** What is not in `state` is nothing: nobody has liked or answered it. */
function commentOf(
  row: store.CommentRow,
  {
    user,
    state,
    viewerId,
    post,
  }: {
    user: UserSummary
    state: { likes_count?: number; replies_count?: number; liked?: boolean | undefined }
    viewerId: UserId | null
    post: Pick<VisiblePost, 'author_id'>
  },
): Comment {
  const { post_id, comment_id, parent_comment_id, user_id, text, facets, pinned, removed } = row
  // Who is restricted cannot tell.
  const held = row.held && !(row.restricted && viewerId === user_id)
  const own = row.liked && viewerId === user_id
  return {
    post_id,
    comment_id,
    parent_comment_id,
    text,
    facets,
    ...(held && { held }),
    ...(pinned && { pinned }),
    ...(removed && { removed }),
    user,
    likes_count: own ? 1 : (state.likes_count ?? 0),
    replies_count: state.replies_count ?? 0,
    viewer: {
      liked: own || (state.liked ?? false),
      can_delete: viewerId !== null && (viewerId === user_id || viewerId === post.author_id),
    },
    created_at: new Date(idTime(comment_id)).toISOString(),
  }
}
