import type { Post } from '@tintype/contract'
import type { Expectation } from './job.ts'

interface Envelope {
  success: boolean
  data: unknown
  pagination?: { next_cursor: string | null; has_more: boolean }
}

/** What is wrong with an answer; undefined where nothing is. */
export function faultOf(body: string, expected: Expectation): string | undefined {
  if (expected.kind === 'bytes') return undefined
  const answer = JSON.parse(body) as Envelope
  if (!answer.success) return 'success is not true'
  if (expected.kind === 'object') {
    const missing = expected.keys.find((key) => !(key in (answer.data as object)))
    return missing && `without ${missing}`
  }
  const list = answer.data as Post[]
  const { limit } = expected
  if (!Array.isArray(list) || list.length > limit) return 'not a page'
  if (list.length < limit && answer.pagination?.has_more) return `short page of ${list.length}`
  return expected.kind === 'posts' ? faultOfPosts(list, expected.order) : undefined
}

function faultOfPosts(posts: Post[], order: 'newest' | 'any'): string | undefined {
  if (posts.length === 0) return 'no posts'
  if (new Set(posts.map((post) => post.post_id)).size < posts.length) return 'a post twice'
  if (order === 'newest' && posts.some((post, i) => i > 0 && post.post_id >= (posts[i - 1] as Post).post_id))
    return 'not in order'
  return posts.map(faultOfPost).find((fault) => fault !== undefined)
}

function faultOfPost({ viewer, media, user, likes_count, comments_count }: Post): string | undefined {
  if (Object.values(viewer).filter((flag) => typeof flag === 'boolean').length !== 4) return 'no viewer state'
  if (!Number.isInteger(likes_count) || !Number.isInteger(comments_count)) return 'no counters'
  if (!media[0]?.url || !media[0].variants.length) return 'no picture'
  return user.username ? undefined : 'no author'
}
