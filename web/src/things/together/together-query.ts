import type { PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { postList, refreshPost } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'

/** Who has made a post beside its author; of its author's own also who is asked. */
export const authorsOf = (post_id: PostId) => ({
  queryKey: ['authors-of', post_id],
  queryFn: async () => keep(await api.collaborators.list({ params: { post_id } })),
  staleTime: 60_000,
})

type Authors = Awaited<ReturnType<typeof api.collaborators.list>>
function keep(authors: Authors): Authors {
  ingestUsers(authors.map(({ user }) => user))
  return authors
}

/** What the member is asked to be an author of. */
export const askedFor = postList(['collaborations'], (query, signal) =>
  api.collaborators.pending({ query, signal }),
)

/** Of one's own post. */
export async function setAuthor(post_id: PostId, username: string, isIn: boolean): Promise<void> {
  const { invite, remove } = api.collaborators
  const authors = await (isIn ? invite : remove)({ params: { post_id, username } })
  queryClient.setQueryData(authorsOf(post_id).queryKey, keep(authors))
  await refreshPost(post_id)
}

export async function answerAuthor(post_id: PostId, isIn: boolean): Promise<void> {
  await (isIn ? api.collaborators.accept : api.collaborators.leave)({ params: { post_id } })
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: authorsOf(post_id).queryKey }),
    queryClient.invalidateQueries({ queryKey: askedFor.queryKey }),
    queryClient.invalidateQueries({ queryKey: ['posts', 'user'] }),
    refreshPost(post_id),
  ])
}
