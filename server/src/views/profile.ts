import { type Me, type Profile, TintypeError, type UserId } from '@tintype/contract'
import type { Accounts } from '../modules/accounts/api.ts'
import type { QuietMode } from '../modules/channels/api.ts'
import type { Graph } from '../modules/graph/api.ts'
import type { Members } from '../modules/members/api.ts'
import type { Notifications } from '../modules/notifications/api.ts'
import type { Posts } from '../modules/posts/api.ts'
import type { People } from './people.ts'

/** All that a profile is joined of. */
export interface ProfileViewDeps {
  people: Pick<People, 'large'>
  members: Pick<Members, 'addressed' | 'own'>
  accounts: Accounts
  graph: Pick<Graph, 'followerCounts' | 'profileVisibility' | 'relationships' | 'requestCount'>
  posts: Pick<Posts, 'postCounts'>
  notifications: Notifications
  preferences: Pick<QuietMode, 'ownOf'>
}

/** Members with all that others count of them. */
export class ProfileView {
  readonly #deps: ProfileViewDeps

  constructor(deps: ProfileViewDeps) {
    this.#deps = deps
  }

  async me(userId: UserId): Promise<Me> {
    const { people, members, accounts, graph, notifications, preferences } = this.#deps
    const [member, account, unread_notifications, follow_requests, chosen] = await Promise.all([
      members.own(userId),
      accounts.own(userId),
      notifications.unreadCount(userId),
      graph.requestCount(userId),
      preferences.ownOf(userId),
    ])
    if (!member || !account) throw new TintypeError('unauthorized')
    return {
      ...(await people.large(member)),
      email: account.email,
      email_verified: account.email_verified,
      email_pending: account.email_pending,
      bio: member.bio,
      link: member.link,
      privacy_level: member.is_private ? 'private' : 'public',
      role: account.role,
      unread_notifications,
      follow_requests,
      ...chosen,
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
