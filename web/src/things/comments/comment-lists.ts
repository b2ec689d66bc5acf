import type { InfiniteData } from '@tanstack/react-query'
import type { Comment, CommentId, PostId, RealtimeMessages } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { ingestComments } from '../../data/entities/ingest.ts'
import { type FetchPage, type IdPage, pagedList } from '../../data/paged-list.ts'
import { queryClient } from '../../data/query-client.ts'

const commentList = (key: readonly string[], limit: number, fetchPage: FetchPage<Comment>) =>
  pagedList({ kind: 'comments', key, limit, fetchPage, ingest: ingestComments })

const COMMENTS = 20
const REPLIES = 10

export const commentsOf = (post_id: PostId) =>
  commentList(['post', post_id], COMMENTS, (query, signal) =>
    api.comments.list({ params: { post_id }, query, signal }),
  )
export const repliesOf = (comment_id: CommentId) =>
  commentList(['thread', comment_id], REPLIES, (query, signal) =>
    api.comments.replies({ params: { comment_id }, query, signal }),
  )

/** What waits for the viewer's approval, newest first: under one post or under all of theirs. */
export const heldOf = (post_id?: PostId) =>
  commentList(['held', post_id ?? 'all'], COMMENTS, (query, signal) =>
    api.commentReview.held({ query: { ...query, ...(post_id && { post_id }) }, signal }),
  )

/** It waits no longer. */
function leaveHeld(id: CommentId): void {
  queryClient.setQueriesData({ queryKey: ['comments', 'held'] }, (known: KnownPages) => {
    if (!known) return known
    return {
      ...known,
      pages: known.pages.map((page) => ({ ...page, ids: page.ids.filter((one) => one !== id) })),
    }
  })
}

/** One that the viewer approved: it stands in its place, and counts. */
export function showApproved(comment: Comment): void {
  leaveHeld(comment.comment_id)
  ingestComments([comment])
  countComments(comment.post_id, comment.parent_comment_id, 1)
  void rereadComments(comment.post_id)
}

/** One that the viewer did not. */
export function dropHeld(id: CommentId): void {
  leaveHeld(id)
  entities.remove('comments', id)
}

/** Pinned ones stand above the others, and others where they were said. */
export function showPinned(comment: Comment): void {
  ingestComments([comment])
  void queryClient.invalidateQueries({ queryKey: commentsOf(comment.post_id).queryKey })
}

/** The viewer's own comment takes its place at the end of what is loaded; counters follow at once. */
export function addComment(comment: Comment): void {
  // It may have come over the socket before it was answered, and is counted then.
  const isNew = entities.get('comments', comment.comment_id) === undefined
  ingestComments([comment])
  append(comment, () => true)
  if (isNew && !comment.held) countComments(comment.post_id, comment.parent_comment_id, 1)
}

type KnownPages = InfiniteData<IdPage<CommentId>> | undefined
const listOf = ({ post_id, parent_comment_id }: Comment) =>
  parent_comment_id ? repliesOf(parent_comment_id) : commentsOf(post_id)

function append(comment: Comment, belongs: (last: IdPage<CommentId>) => boolean): void {
  const id = comment.comment_id
  queryClient.setQueryData(listOf(comment).queryKey, (known: KnownPages) => {
    const last = known?.pages.at(-1)
    if (!known || !last || !belongs(last) || known.pages.some(({ ids }) => ids.includes(id))) return known
    return { ...known, pages: [...known.pages.slice(0, -1), { ...last, ids: [...last.ids, id] }] }
  })
}

/** Somebody's comment that was just written. Where the list is not read to its end, it comes with the rest. */
export function hearComment({ comment, parent }: RealtimeMessages['comment.created']): void {
  ingestComments([comment])
  append(comment, ({ next_cursor }) => next_cursor === null)
  if (parent) countReplies(parent)
  // What is being read may have been read before it was there.
  const { queryKey } = listOf(comment)
  if (queryClient.isFetching({ queryKey }) > 0) void queryClient.invalidateQueries({ queryKey })
}

/** Somebody deleted it. */
export function hearDeleted({ comment_id, parent }: RealtimeMessages['comment.deleted']): void {
  entities.remove('comments', comment_id)
  if (parent) countReplies(parent)
}

function countReplies({ comment_id, replies_count }: { comment_id: CommentId; replies_count: number }): void {
  if (entities.get('comments', comment_id)) entities.merge('comments', comment_id, { replies_count })
}

/** What was said while nobody listened. */
export const rereadComments = (post_id: PostId): Promise<unknown> =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: commentsOf(post_id).queryKey }),
    queryClient.invalidateQueries({ queryKey: ['comments', 'thread'] }),
  ])

/** Takes a comment and its replies away, wherever they are shown. */
export function dropComment(id: CommentId): void {
  const comment = entities.get('comments', id)
  if (!comment) return
  entities.remove('comments', id)
  if (!comment.held) countComments(comment.post_id, comment.parent_comment_id, -1 - comment.replies_count)
}

function countComments(postId: PostId, parentId: CommentId | null, step: number): void {
  const post = entities.get('posts', postId)
  if (post) entities.merge('posts', postId, { comments_count: Math.max(0, post.comments_count + step) })
  const parent = parentId && entities.get('comments', parentId)
  if (parent)
    entities.merge('comments', parentId, { replies_count: Math.max(0, parent.replies_count + step) })
}
