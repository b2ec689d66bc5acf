import type { LiveId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'
import { begun, cameraOf, Player, twentySeconds } from './camera.suite.ts'

/** A live for everybody who may see its host, and whose it is. */
interface Shown {
  owner: Person
  live: { live_id: LiveId }
}

/** One that goes on: the clock stands, so that its source may be gone. */
export async function liveBy(owner: Person): Promise<{ live_id: LiveId }> {
  const { live_id } = await owner.api.live.create({ body: { title: 'Now', audience: 'public' } })
  const camera = await cameraOf(owner, live_id)
  camera.film(await twentySeconds(), 0.3)
  await begun(owner, live_id)
  await owner.api.live.comment({ params: { live_id }, body: { text: 'Hello' } })
  return { live_id }
}

/** Ways to a live, that lead there whoever may see what its host posts. */
export const liveProbes = {
  'live.get': async ({ api, baseUrl }: Person, { live }: Shown) => {
    const { playlist } = await api.live.get({ params: live })
    const player = new Player(baseUrl, playlist ?? '')
    const found = await Promise.all(['index.m3u8', '0.m3u8', '0-0.mp4', '0-0.0.m4s'].map(player.get))
    return found.every(({ status }) => status === 200)
  },
  'live.comments': async ({ api }: Person, { live }: Shown) =>
    (await api.live.comments({ params: live })).length > 0,
  'live.ofMember': async ({ api }: Person, { owner }: Shown) =>
    (await api.live.ofMember({ params: owner })).live !== null,
}

export const liveNowProbe = {
  'live.now': {
    ask: async ({ api }: Person, { live }: Shown) =>
      (await api.live.now()).some(({ live_id }) => live_id === live.live_id),
    private: ['follower', 'owner'] as ('follower' | 'owner')[],
    public: ['pending', 'follower', 'owner'] as ('pending' | 'follower' | 'owner')[],
  },
}
