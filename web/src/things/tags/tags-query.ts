import type { PersonTag, PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { postList, refreshPost } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'

/** Who is tagged where in the pictures of a post. */
export const peopleIn = (post_id: PostId) => ({
  queryKey: ['people-in', post_id],
  queryFn: async () => {
    const people = await api.photoTags.list({ params: { post_id } })
    ingestUsers(people.map(({ user }) => user))
    return people
  },
  staleTime: 60_000,
})

export const taggedFeed = (username: string) =>
  postList(['tagged', username], (query, signal) =>
    api.photoTags.ofMember({ params: { username }, query, signal }),
  )

/** What the member is tagged in and has not agreed to. */
export const waitingTags = postList(['tags-waiting'], (query, signal) =>
  api.photoTags.pending({ query, signal }),
)

export async function savePeople(post_id: PostId, people: PersonTag[]): Promise<void> {
  queryClient.setQueryData(
    peopleIn(post_id).queryKey,
    await api.photoTags.set({ params: { post_id }, body: { people } }),
  )
  await refreshPost(post_id)
}

/** To be shown there, or to be taken out for good. */
export async function answerTag(post_id: PostId, isIn: boolean): Promise<void> {
  await (isIn ? api.photoTags.accept : api.photoTags.leave)({ params: { post_id } })
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: peopleIn(post_id).queryKey }),
    queryClient.invalidateQueries({ queryKey: waitingTags.queryKey }),
    queryClient.invalidateQueries({ queryKey: ['posts', 'tagged'] }),
    refreshPost(post_id),
  ])
}
