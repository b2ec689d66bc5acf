import type { PostId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

/** A reel whose sound others may use, and whose it is. */
interface Shown {
  owner: Person
  reel: { post_id: PostId }
}
const holds = ({ reel }: Shown, page: { items: { post_id: PostId }[] }): boolean =>
  page.items.some(({ post_id }) => post_id === reel.post_id)

/** Ways to a reel and its sound, that lead there whoever may see what its author posts. */
export const reelProbes = (baseUrl: () => string) => ({
  'reels.ofMember': async ({ api }: Person, shown: Shown) =>
    holds(shown, await api.reels.ofMember({ params: shown.owner })),
  'reels.sound': async ({ api }: Person, { reel }: Shown) => {
    const { url } = await api.reels.sound({ params: { sound_id: reel.post_id } })
    return (await fetch(new URL(url, baseUrl()))).status === 200
  },
  'reels.withSound': async ({ api }: Person, shown: Shown) =>
    holds(shown, await api.reels.withSound({ params: { sound_id: shown.reel.post_id } })),
})

/** Private ones to those who follow; one's own to nobody. */
export const reelFeedProbe = {
  'reels.feed': {
    ask: async ({ api }: Person, shown: Shown) =>
      holds(shown, await api.reels.feed({ query: { limit: 50 } })),
    private: ['follower' as const],
    public: ['visitor', 'stranger', 'pending', 'follower'] as (
      | 'visitor'
      | 'stranger'
      | 'pending'
      | 'follower'
    )[],
  },
}
