import { queryOptions } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'

/** One post, read into the store. */
export const postQuery = (post_id: PostId) =>
  queryOptions({
    queryKey: ['post', post_id],
    queryFn: async ({ signal }) =>
      ingestPosts([await api.posts.get({ params: { post_id }, signal })])[0] ?? null,
  })
