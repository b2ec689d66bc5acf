import type { AppId, MediaId, Relationship, UserId, UserListEntry, UserSummary } from '@tintype/contract'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import type { PeopleDeps } from '../../views/people.ts'
import type { ProfileViewDeps } from '../../views/profile.ts'
import type { AvatarMedia } from '../members/deps.ts'
import type { MembersDeps } from '../members/module.ts'

/** The other modules' truth, to be set by a test. */
export interface World {
  /** What every app is called; undefined: it has ended. */
  app: { name: string; app_id: AppId | null } | undefined
  following: Map<UserId, UserId[]>
  hidden: Set<UserId>
  locked: Set<UserId>
  released: MediaId[]
  ready: Set<MediaId>
}

export const emptyWorld = (): World => ({
  app: undefined,
  following: new Map(),
  hidden: new Set(),
  locked: new Set(),
  released: [],
  ready: new Set(),
})

const strangers: Relationship = {
  following: false,
  requested: false,
  followed_by: false,
  requested_by: false,
  blocking: false,
  muting: false,
  restricting: false,
}

interface Others {
  graph: ProfileViewDeps['graph'] & MembersDeps<string>['graph']
  posts: ProfileViewDeps['posts']
  notifications: ProfileViewDeps['notifications']
  media: AvatarMedia<string> & PeopleDeps['media']
}

/** The modules around these, played by the test. */
export function othersOf(
  summaries: (ids: readonly UserId[]) => Promise<Map<UserId, UserSummary>>,
  world: World,
  events: NewEvent[],
): Others {
  const following = async (id: UserId) => world.following.get(id) ?? []
  const relationships = async (viewer: UserId, ids: readonly UserId[]) => {
    const followed = await following(viewer)
    return new Map(ids.map((id) => [id, { ...strangers, following: followed.includes(id) }]))
  }
  const visibilityOf = (viewer: UserId | null, id: UserId) =>
    world.hidden.has(id) ? 'hidden' : world.locked.has(id) && id !== viewer ? 'locked' : 'full'
  return {
    graph: {
      following,
      relationships,
      judge: async (viewer) => (id) => visibilityOf(viewer, id),
      profileVisibility: async (viewer, id) => visibilityOf(viewer, id),
      async followerCounts(ids) {
        const all = [...world.following.values()].flat()
        const count = (id: UserId) => all.filter((other) => other === id).length
        return new Map(ids.map((id) => [id, { followers_count: count(id), following_count: 0 }]))
      },
      requestCount: async () => 0,
      async listEntries(viewer, ids) {
        const ties = viewer ? await relationships(viewer, ids) : undefined
        const entries = new Map<UserId, UserListEntry>()
        for (const [id, summary] of await summaries(ids))
          if (!world.hidden.has(id)) entries.set(id, { ...summary, viewer: ties?.get(id) ?? null })
        return entries
      },
    },
    posts: { postCounts: async () => new Map() },
    notifications: { unreadCount: async () => 0 },
    media: {
      checkUploads: async (_owner, ids) => [...ids],
      async attach(_tx, { owner_id, subject }) {
        const media_ids = [newId<MediaId>()]
        events.push({ type: 'media.uploaded', payload: { media_ids, subject, owner_id } })
        return media_ids
      },
      release: async (_tx, ids) => void world.released.push(...ids),
      avatarUrls: async (ids) =>
        new Map(ids.filter((id) => world.ready.has(id)).map((id) => [id, `/media/${id}/150.webp`])),
      avatarRenditions: async () => [],
    },
  }
}
