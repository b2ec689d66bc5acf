import {
  type Me,
  type Profile,
  TintypeError,
  type UserId,
  type UserListEntry,
  type UserSummary,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { byField } from '../../kit/by-field.ts'
import { decodeCursor, encodeCursor } from '../../kit/cursor.ts'
import { bytesOf } from '../../kit/pieces.ts'
import { wantedOf } from '../../text/names.ts'
import type { Author, PublicUser, UserDirectory } from './directory.ts'
import type { UsersPeers } from './peers.ts'
import { type Match, matching } from './search-store.ts'
import * as store from './store.ts'

export interface ProfileDeps {
  db: Db
  directory: UserDirectory
  peers(): Omit<UsersPeers, 'media'> & { media: Pick<UsersPeers['media'], 'avatarUrls' | 'avatarRenditions'> }
}

/** Members as the viewer may see them. */
export class Profiles {
  readonly #deps: ProfileDeps

  constructor(deps: ProfileDeps) {
    this.#deps = deps
  }

  async summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> {
    const users = await this.#deps.directory.byIds(ids)
    const avatars = await this.#avatars([...users.values()])
    return new Map([...users].map(([id, user]) => [id, summaryOf(user, avatars)]))
  }

  /** Deleted members are absent. Cached; falls with the member's row (UserDirectory.forget). */
  async authors(ids: readonly UserId[]): Promise<Map<UserId, Author>> {
    const { directory } = this.#deps
    const found = await directory.authors.throughMany(ids, async (missing) => {
      const users = await directory.byIds(missing)
      const avatars = await this.#avatars([...users.values()])
      return new Map([...users].map(([id, user]) => [id, authorOf(user, avatars)]))
    })
    return byField(found, 'user_id')
  }

  async me(userId: UserId): Promise<Me> {
    const { graph, notifications } = this.#deps.peers()
    const user = await store.readUser(this.#deps.db.query, userId)
    if (!user) throw new TintypeError('unauthorized')
    const [picture, unread_notifications, follow_requests] = await Promise.all([
      this.#largePicture(user),
      notifications.unreadCount(userId),
      graph.requestCount(userId),
    ])
    return {
      ...picture,
      email: user.email,
      bio: user.bio,
      link: user.link,
      privacy_level: user.is_private ? 'private' : 'public',
      role: user.role,
      unread_notifications,
      follow_requests,
      created_at: user.created_at.toISOString(),
    }
  }

  /**
   * Throws `not_found` alike for nobody, the deleted, and those who block the viewer. Of whom the viewer blocks it is the head, as of a
   * private account, so that they can take it back. A name given up lately leads to its member, under the name they have now.
   */
  async profile(viewerId: UserId | null, username: string): Promise<Profile> {
    const { graph, posts } = this.#deps.peers()
    const [user] = (await this.#deps.directory.byMention([username])).values()
    if (!user) throw new TintypeError('not_found')
    const { user_id } = user
    const isSelf = viewerId === user_id
    const seen = await graph.profileVisibility(viewerId, user_id)
    // Before anything else is asked for: the hidden take no more work than nobody does.
    if (seen === 'hidden') throw new TintypeError('not_found')
    const [relationships, counts, postCounts, picture] = await Promise.all([
      viewerId === null || isSelf ? undefined : graph.relationships(viewerId, [user_id]),
      graph.followerCounts([user_id], viewerId),
      posts.postCounts([user_id]),
      this.#largePicture(user),
    ])
    return {
      ...picture,
      bio: user.bio,
      link: user.link,
      privacy_level: user.is_private ? 'private' : 'public',
      posts_count: postCounts.get(user_id) ?? 0,
      followers_count: counts.get(user_id)?.followers_count ?? 0,
      following_count: counts.get(user_id)?.following_count ?? 0,
      created_at: user.created_at,
      viewer: relationships?.get(user_id) ?? null,
      is_self: isSelf,
      can_view_content: seen === 'full',
    }
  }

  /** Members by the words of their name, each of which must match, the last by its beginning; who goes by it exactly first. */
  async find(viewerId: UserId, query: { q?: string; cursor?: string; limit?: number }) {
    const [first, ...others] = wantedOf(query.q ?? '')
    if (!first) return { items: [], next_cursor: null }
    const { limit = 20, cursor } = query
    const { graph } = this.#deps.peers()
    const exact = await this.#named(viewerId, query.q ?? '')
    const items: UserListEntry[] = exact && cursor === undefined ? [exact] : []
    let after = cursor === undefined ? undefined : matchOf(cursor)
    // Those the viewer may not see leave gaps, which are filled, so that a page is short only at the end.
    while (true) {
      const page = { after, limit: limit + 1 }
      const { rows: matches } = await matching([first, ...others], page).execute(this.#deps.db.query)
      const ids = matches.map(({ user_id }) => user_id).filter((id) => id !== exact?.user_id)
      const entries = await graph.listEntries(viewerId, ids)
      for (const match of matches) {
        const entry = entries.get(match.user_id)
        if (entry && items.length === limit) {
          const { term, user_id } = after ?? BEGINNING
          return { items, next_cursor: encodeCursor('find', [term, user_id]) }
        }
        if (entry) items.push(entry)
        after = match
      }
      if (matches.length <= limit) return { items, next_cursor: null }
    }
  }

  /** Who goes by just this username; also whom the viewer blocks, so that they can take it back. */
  async #named(viewerId: UserId, username: string): Promise<UserListEntry | undefined> {
    const { graph } = this.#deps.peers()
    const [user] = (await this.#deps.directory.byNames([username])).values()
    if (!user) return undefined
    const { user_id } = user
    if ((await graph.profileVisibility(viewerId, user_id)) === 'hidden') return undefined
    return (await graph.listEntries(viewerId, [user_id], { blocked: true })).get(user_id)
  }

  /** A member's summary, and their picture in all its sizes. */
  async #largePicture(user: SummarySource) {
    const { avatar_media_id } = user
    const { media } = this.#deps.peers()
    const [avatars, profile_picture_variants] = await Promise.all([
      this.#avatars([user]),
      avatar_media_id === null ? [] : media.avatarRenditions(avatar_media_id),
    ])
    return { ...summaryOf(user, avatars), profile_picture_variants }
  }

  async #avatars(users: readonly Pick<PublicUser, 'avatar_media_id'>[]) {
    const ids = users.map((user) => user.avatar_media_id).filter((id) => id !== null)
    return ids.length === 0 ? new Map() : this.#deps.peers().media.avatarUrls(ids)
  }
}

type SummarySource = Pick<PublicUser, 'user_id' | 'username' | 'full_name' | 'is_private' | 'avatar_media_id'>

const summaryOf = (user: SummarySource, avatars: Map<string, string>): UserSummary => ({
  user_id: user.user_id,
  username: user.username,
  full_name: user.full_name,
  profile_picture: (user.avatar_media_id && avatars.get(user.avatar_media_id)) ?? null,
  is_private: user.is_private,
})

const authorOf = (user: PublicUser, avatars: Map<string, string>): Author => ({
  user_id: user.user_id,
  is_private: user.is_private,
  media_epoch: user.media_epoch,
  json: bytesOf(JSON.stringify(summaryOf(user, avatars))),
})

/** Before every match. */
const BEGINNING: Match = { term: '', user_id: '00000000-0000-0000-0000-000000000000' as UserId }

function matchOf(cursor: string): Match {
  const [term, user_id] = decodeCursor('find', cursor)
  if (typeof term !== 'string' || typeof user_id !== 'string' || !/^[0-9a-f-]{36}$/.test(user_id))
    throw new TintypeError('bad_cursor')
  return { term, user_id: user_id as UserId }
}
