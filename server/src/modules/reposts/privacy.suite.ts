import type { PostId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

interface Scene {
  post: { post_id: never }
  /** Sees the post and has passed it on while it was public; their own account is open. */
  friend: string
}

export const repostProbes = {
  'reposts.ofMember': async ({ api }: Person, { post, friend }: Scene) => {
    const { items } = await api.reposts.ofMember({ params: { username: friend } })
    return items.some(({ post_id }) => post_id === (post.post_id as PostId))
  },
}

export const isCounted = async ({ api }: Person, { post }: Scene) =>
  (await api.reposts.get({ params: post })).reposts_count > 0
