import { type Me, type Profile, type Relationship, TintypeError, type UserId } from '@tintype/contract'
import type { Visibility } from '../access/visibility.ts'
import type { Named, People } from './people.ts'

type Ids = readonly UserId[]

interface Shown extends Named {
  bio: string
  link: string | null
  created_at: string
}

/** All that a profile is joined of. */
export interface ProfileViewDeps {
  people: Pick<People, 'large'>
  members: {
    /** Who goes by a name, else for whom it is still held. */
    addressed(username: string): Promise<Shown | undefined>
    /** Past every cache. */
    own(id: UserId): Promise<Shown | undefined>
  }
  accounts: { own(id: UserId): Promise<Pick<Me, 'email' | 'role'> | undefined> }
  graph: {
    profileVisibility(viewerId: UserId | null, id: UserId): Promise<Visibility>
    relationships(viewerId: UserId, ids: Ids): Promise<Map<UserId, Relationship>>
    followerCounts(
      ids: Ids,
      viewerId: UserId | null,
    ): Promise<Map<UserId, { followers_count: number; following_count: number }>>
    requestCount(userId: UserId): Promise<number>
  }
  posts: { postCounts(authorIds: Ids): Promise<Map<UserId, number>> }
  notifications: { unreadCount(userId: UserId): Promise<number> }
}

/** Members with all that others count of them. */
export class ProfileView {
  readonly #deps: ProfileViewDeps

  constructor(deps: ProfileViewDeps) {
    this.#deps = deps
  }

  async me(userId: UserId): Promise<Me> {
    const { people, members, accounts, graph, notifications } = this.#deps
    const [member, account, unread_notifications, follow_requests] = await Promise.all([
      members.own(userId),
      accounts.own(userId),
      notifications.unreadCount(userId),
      graph.requestCount(userId),
    ])
    if (!member || !account) throw new TintypeError('unauthorized')
    return {
      ...(await people.large(member)),
      email: account.email,
      bio: member.bio,
      link: member.link,
      privacy_level: member.is_private ? 'private' : 'public',
      role: account.role,
      unread_notifications,
      follow_requests,
      created_at: member.created_at,
    }
  }

  /**
   * Throws `not_found` alike for nobody, the deleted, and those who block the viewer. Of whom the viewer blocks it is the head, as of a
   * private account, so that they can take it back. A name given up lately leads to its member, under the name they have now.
   */
  async profile(viewerId: UserId | null, username: string): Promise<Profile> {
    const { people, members, graph, posts } = this.#deps
    const member = await members.addressed(username)
    if (!member) throw new TintypeError('not_found')
    const { user_id } = member
    const isSelf = viewerId === user_id
    const seen = await graph.profileVisibility(viewerId, user_id)
    // Before anything else is asked for: the hidden take no more work than nobody does.
    if (seen === 'hidden') throw new TintypeError('not_found')
    const [relationships, counts, postCounts, picture] = await Promise.all([
      viewerId === null || isSelf ? undefined : graph.relationships(viewerId, [user_id]),
      graph.followerCounts([user_id], viewerId),
      posts.postCounts([user_id]),
      people.large(member),
    ])
    return {
      ...picture,
      bio: member.bio,
      link: member.link,
      privacy_level: member.is_private ? 'private' : 'public',
      posts_count: postCounts.get(user_id) ?? 0,
      followers_count: counts.get(user_id)?.followers_count ?? 0,
      following_count: counts.get(user_id)?.following_count ?? 0,
      created_at: member.created_at,
      viewer: relationships?.get(user_id) ?? null,
      is_self: isSelf,
      can_view_content: seen === 'full',
    }
  }
}
