import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query'
import type { Comment, CommentId, Page, PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { ingestComments } from '../../data/entities/ingest.ts'
import type { IdPage } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'

type FetchPage = (query: { cursor?: string; limit: number }, signal: AbortSignal) => Promise<Page<Comment>>

function commentList(key: readonly string[], limit: number, fetchPage: FetchPage) {
  return infiniteQueryOptions({
    queryKey: ['comments', ...key],
    queryFn: async ({ pageParam, signal }): Promise<IdPage<CommentId>> => {
      const page = await fetchPage({ cursor: pageParam ?? undefined, limit }, signal)
      return { ids: ingestComments(page.items), next_cursor: page.next_cursor }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

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

/** The viewer's own comment takes its place at the end of what is loaded; counters follow at once. */
export function addComment(comment: Comment): void {
  const [id] = ingestComments([comment])
  if (!id) return
  const { post_id, parent_comment_id } = comment
  const list = parent_comment_id ? repliesOf(parent_comment_id) : commentsOf(post_id)
  queryClient.setQueryData(list.queryKey, (known: InfiniteData<IdPage<CommentId>> | undefined) => {
    const last = known?.pages.at(-1)
    if (!known || !last) return known
    return { ...known, pages: [...known.pages.slice(0, -1), { ...last, ids: [...last.ids, id] }] }
  })
  countComments(post_id, parent_comment_id, 1)
}

/** Takes a comment and its replies away, wherever they are shown. */
export function dropComment(id: CommentId): void {
  const comment = entities.get('comments', id)
  if (!comment) return
  entities.remove('comments', id)
  countComments(comment.post_id, comment.parent_comment_id, -1 - comment.replies_count)
}

function countComments(postId: PostId, parentId: CommentId | null, step: number): void {
  const post = entities.get('posts', postId)
  if (post) entities.merge('posts', postId, { comments_count: Math.max(0, post.comments_count + step) })
  const parent = parentId && entities.get('comments', parentId)
  if (parent)
    entities.merge('comments', parentId, { replies_count: Math.max(0, parent.replies_count + step) })
}
