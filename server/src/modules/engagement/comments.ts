import {
  type Comment,
  type CommentId,
  commentSubject,
  type Facet,
  limits,
  mentionsOf,
  type PostId,
  TintypeError,
  textLength,
  type UserId,
} from '@tintype/contract'
import { mayComment } from '../../access/commenting.ts'
import { groupCommit, type Sql, type Tx } from '../../engines/db/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import { hasFilteredWord } from '../../text/word-filter.ts'
import * as store from './comment-store.ts'
import { commentCounters, postCounters } from './counter-store.ts'
import type { EngagementDeps, VisiblePost } from './deps.ts'
import { dropHeld, type HeldRow, holdComment, likeHeld, takeHeld } from './held-store.ts'
import { addingCommentLike, type CommentLike, removingCommentLike } from './like-store.ts'
import type { Liked } from './likes.ts'
import type { Threads } from './threads.ts'

interface NewComment {
  row: store.CommentRow
  fact: NewEvent
}

type SpamFound = NonNullable<Awaited<ReturnType<EngagementDeps['spam']['holds']>>>

/** Writing, liking and deleting comments. */
export class Comments {
  readonly #deps: EngagementDeps
  readonly #threads: Threads
  readonly #writeTop: (comment: NewComment) => Promise<store.Written>

  constructor(deps: EngagementDeps, threads: Threads) {
    this.#deps = deps
    this.#threads = threads
    this.#writeTop = groupCommit(100, (comments) => this.#writeAll(comments))
  }

  /**
   * Comments on a post or replies to a comment. A reply to a reply goes under the same top-level comment and mentions
   * the one it answers. Rejects with `not_found`, `comments_off`, `comments_limited` or
   * `too_many_tags`, `words_refused`. One with a word that the post's author or the community filters, or that looks like
   * spam, is held back until they approve it. A second attempt under the same
   * `reservedId` answers the comment that the first one wrote.
   */
  async comment(
    viewerId: UserId,
    postId: PostId,
    body: { text: string; parent_comment_id?: CommentId | null },
    reservedId?: CommentId,
  ): Promise<Comment> {
    const post = await this.#deps.posts.findVisible(viewerId, postId)
    await this.#assertMayComment(viewerId, post)
    const answered = body.parent_comment_id
      ? await this.#threads.findCommentOf(viewerId, post, body.parent_comment_id)
      : undefined
    const { text, facets } = await this.#addressed(viewerId, body.text, answered)
    const row: store.CommentRow = {
      post_id: postId,
      comment_id: reservedId ?? newId<CommentId>(this.#deps.clock),
      parent_comment_id: answered ? (answered.parent_comment_id ?? answered.comment_id) : null,
      user_id: viewerId,
      text,
      facets,
    }
    // What is held for its words says so to whoever wrote it, who would know by that.
    const worded = await this.#isHeldBack(post, row)
    const spam = worded ? undefined : await this.#spamIn(post, row)
    const restricted =
      !worded && !spam && (answered?.held || (await this.#deps.graph.holdsBack(post.author_id, viewerId)))
    const held = worded || restricted || spam !== undefined
    const answered_user_id = answered?.user_id ?? null
    const outcome = held
      ? await this.#hold({ ...row, author_id: post.author_id, answered_user_id, restricted }, spam)
      : await this.#write(post, row, answered_user_id)
    if (outcome === 'orphaned') throw new TintypeError('not_found')
    return outcome === 'written'
      ? this.#threads.presentNew(post, { ...row, held, restricted })
      : this.#written(viewerId, post, row)
  }

  async #assertMayComment(viewerId: UserId, post: VisiblePost): Promise<void> {
    if (post.comments_from === 'off') throw new TintypeError('comments_off')
    if (post.comments_from === 'everyone' || post.author_id === viewerId) return
    const { graph } = this.#deps
    const terms = { ...post, mentioned_ids: mentionsOf(post.facets) }
    if (!(await mayComment(await graph.relations(viewerId), terms, graph)))
      throw new TintypeError('comments_limited')
  }

  async #isHeldBack({ author_id }: VisiblePost, { user_id, text }: store.CommentRow): Promise<boolean> {
    const isHeld = await this.#deps.words.holds(text)
    if (user_id === author_id) return false
    return isHeld || hasFilteredWord(text, (await this.#deps.postSettings.of(author_id)).filtered_words)
  }

  /** What a text of somebody whom the post's author does not follow is held for, if anything. */
  async #spamIn({ author_id }: VisiblePost, { user_id, comment_id, text }: store.CommentRow) {
    if (user_id === author_id) return undefined
    const found = await this.#deps.spam.holds(user_id, comment_id, text)
    if (!found) return undefined
    const isKnown = (await this.#deps.graph.followingAmong(author_id, [user_id])).has(user_id)
    return isKnown ? undefined : found
  }

  async #hold(row: HeldRow, spam: SpamFound | undefined): Promise<store.Written> {
    const { db, outbox } = this.#deps
    if (!spam) return holdComment(db.query, row)
    return db.tx(async (tx) => {
      const outcome = await holdComment(tx, row)
      const { post_id, comment_id, user_id } = row
      const payload = { subject: commentSubject(post_id, comment_id), user_id, ...spam }
      if (outcome === 'written') await outbox.append(tx, [{ type: 'moderation.spam_found', payload }])
      return outcome
    })
  }

  /** A comment that was held back stands from now on as if it had just been written; where it does already, nothing happens. */
  async publishHeld(post: VisiblePost, commentId: CommentId): Promise<void> {
    await this.#deps.db.tx((tx) => this.#publishIn(tx, post, commentId))
  }

  async #publishIn(tx: Tx, post: VisiblePost, commentId: CommentId): Promise<void> {
    const held = await takeHeld(tx, post.post_id, commentId)
    if (!held) return
    // What they answered of their own waits as well.
    if (held.parent_comment_id) await this.#publishIn(tx, post, held.parent_comment_id)
    const outcome = await this.#write(post, held, held.answered_user_id, tx)
    if (outcome === 'orphaned') throw new TintypeError('not_found')
    if (held.liked) await this.#addLike(tx, held)
  }

  /** One's own, or any under one's own post; replies go with it. */
  async deleteComment(viewerId: UserId, commentId: CommentId): Promise<void> {
    const comment = await this.#threads.anyComment(commentId)
    const authors = await this.#deps.posts.authorOf([comment.post_id])
    const authorId = authors.get(comment.post_id)
    if (!authorId || (viewerId !== comment.user_id && viewerId !== authorId))
      throw new TintypeError('not_found')
    if (!(await this.removeComment(comment, authorId, viewerId))) throw new TintypeError('not_found')
  }

  /** False where it was gone already. */
  async removeComment(comment: store.CommentRow, authorId: UserId, byId: UserId): Promise<boolean> {
    const { post_id, comment_id } = comment
    // Nobody knows of it, and it was never counted.
    if (comment.held) return dropHeld(this.#deps.db.query, post_id, comment_id)
    return this.#deps.db.tx((tx) => this.removeIn(tx, comment, authorId, byId))
  }

  /** The same in the caller's transaction. */
  async removeIn(tx: Tx, comment: store.CommentRow, authorId: UserId, byId: UserId): Promise<boolean> {
    const { post_id, comment_id, parent_comment_id, user_id } = comment
    const comment_ids = await store.removeThread(tx, post_id, comment_id)
    if (comment_ids.length === 0) return false
    await commentCounters.drop(tx, post_id, comment_ids)
    await this.#count(tx, comment, byId, -comment_ids.length)
    const payload = { comment_id, post_id, author_id: authorId, user_id, parent_comment_id, comment_ids }
    await this.#deps.outbox.append(tx, [{ type: 'comment.deleted', payload }])
    return true
  }

  async likeComment(viewerId: UserId, commentId: CommentId): Promise<Liked> {
    const { comment } = await this.#threads.findComment(viewerId, commentId)
    if (comment.held) return this.#setOwnLike(comment, true)
    const like = { post_id: comment.post_id, comment_id: commentId, user_id: viewerId }
    const counted = await this.#addLike(this.#deps.db.query, like, comment.user_id)
    if (!counted) throw new TintypeError('not_found')
    return { liked: true, likes_count: counted.likes_count }
  }

  async #addLike(
    db: Sql | Tx,
    { post_id, comment_id, user_id }: CommentLike,
    comment_user_id = user_id,
  ): Promise<{ likes_count: number } | undefined> {
    const { clock, outbox } = this.#deps
    const like = { post_id, comment_id, user_id }
    const change = addingCommentLike({ ...like, change_id: newId(clock) })
    const fact = { type: 'comment.liked', payload: { ...like, comment_user_id } } as const
    return (await outbox.act(db, change, [fact]))[0]
  }

  /** Of what only its writer sees, and does not know it. */
  async #setOwnLike(comment: store.CommentRow, liked: boolean): Promise<Liked> {
    const { post_id, comment_id, restricted } = comment
    if (!restricted || !(await likeHeld(this.#deps.db.query, post_id, comment_id, liked)))
      throw new TintypeError('not_found')
    return { liked, likes_count: liked ? 1 : 0 }
  }

  async unlikeComment(viewerId: UserId, commentId: CommentId): Promise<Liked> {
    const { comment } = await this.#threads.findComment(viewerId, commentId)
    if (comment.held && comment.restricted) return this.#setOwnLike(comment, false)
    const like = { post_id: comment.post_id, comment_id: commentId, user_id: viewerId }
    return { liked: false, likes_count: await this.removeLike(like, comment.user_id) }
  }

  /** Answers the comment's count. */
  async removeLike(like: CommentLike, commentUserId: UserId): Promise<number> {
    const { clock, db, outbox } = this.#deps
    const change = removingCommentLike({ ...like, change_id: newId(clock) })
    const fact = { type: 'comment.unliked', payload: { ...like, comment_user_id: commentUserId } } as const
    const [counted] = await outbox.act(db.query, change, [fact])
    return counted?.likes_count ?? 0
  }

  /** Two levels deep, a reply to a reply can say only by name whom it answers. */
  async #addressed(
    viewerId: UserId,
    text: string,
    answered: store.CommentRow | undefined,
  ): Promise<{ text: string; facets: Facet[] }> {
    const { texts } = this.#deps
    const facets = await texts.resolve(viewerId, text)
    const inThread = answered?.parent_comment_id && answered.user_id !== viewerId
    const mentions = facets.filter((facet) => facet.type === 'mention').length
    if (!inThread || mentions >= limits.mentionsPerCaption) return { text, facets }
    if (mentionsOf(facets).includes(answered.user_id)) return { text, facets }
    const user = (await this.#deps.people.summaries([answered.user_id])).get(answered.user_id)
    const addressed = `@${user?.username} ${text}`
    if (!user || textLength(addressed) > limits.comment) return { text, facets }
    return { text: addressed, facets: await texts.resolve(viewerId, addressed) }
  }

  async #write(
    post: VisiblePost,
    row: store.CommentRow,
    answeredUserId: UserId | null,
    tx?: Tx,
  ): Promise<store.Written> {
    const { clock, db, outbox } = this.#deps
    const fact = factOf(post, row, answeredUserId)
    const { parent_comment_id } = row
    if (parent_comment_id === null)
      return tx ? ((await this.#writeAll([{ row, fact }], tx))[0] ?? 'taken') : this.#writeTop({ row, fact })
    const reply = { ...row, parent_comment_id, change_ids: [newId(clock), newId(clock)] as const }
    const [written] = await outbox.act(tx ?? db.query, store.writingReply(reply), [fact])
    return written?.outcome ?? 'orphaned'
  }

  async #writeAll(comments: readonly NewComment[], tx?: Tx): Promise<store.Written[]> {
    const { clock, db, outbox } = this.#deps
    const rows = comments.map(({ row }) => ({ ...row, change_id: newId<string>(clock) }))
    const facts = comments.map(({ fact }) => fact)
    const written = await outbox.act(tx ?? db.query, store.writingComments(rows), facts)
    const places = new Set(written.map((row) => row.place))
    return comments.map((_, index) => (places.has(index + 1) ? 'written' : 'taken'))
  }

  /** What stands under the id of an attempt before this one. */
  async #written(viewerId: UserId, post: VisiblePost, { comment_id }: store.CommentRow): Promise<Comment> {
    const written = await this.#threads.anyComment(comment_id)
    const [comment] = await this.#threads.present(viewerId, post, [written])
    if (!comment || written.user_id !== viewerId) throw new TintypeError('conflict')
    return comment
  }

  /** A comment counts under its post, a reply under its top-level comment as well. */
  async #count(tx: Tx, comment: store.CommentRow, byId: UserId, by: number): Promise<void> {
    const { post_id, parent_comment_id } = comment
    const change = { actor_id: byId, change_id: newId<string>(this.#deps.clock) }
    await postCounters.add(tx, [{ ...change, key: [post_id], by: { comments: by } }])
    if (parent_comment_id)
      await commentCounters.add(tx, [{ ...change, key: [post_id, parent_comment_id], by: { replies: by } }])
  }
}

function factOf(
  { author_id }: VisiblePost,
  { comment_id, post_id, parent_comment_id, user_id, facets }: store.CommentRow,
  parent_user_id: UserId | null,
): NewEvent {
  const mentioned_ids = mentionsOf(facets).filter((id) => id !== user_id)
  const payload = {
    comment_id,
    post_id,
    author_id,
    user_id,
    parent_comment_id,
    parent_user_id,
    mentioned_ids,
  }
  return { type: 'comment.created', payload }
}
