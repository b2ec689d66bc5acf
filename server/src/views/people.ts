import type { MediaId, Rendition, UserId, UserSummary } from '@tintype/contract'
import { type Cache, type Entries, on } from '../engines/cache/port.ts'
import { byField } from '../kit/by-field.ts'
import { bytesOf } from '../kit/pieces.ts'
import type { MediaFiles } from '../modules/media/api.ts'
import type { Members, PublicMember } from '../modules/members/api.ts'
import type { Author } from './card.ts'

type Ids<T> = readonly T[]

export interface PeopleDeps {
  authors: Entries<UserId, Author>
  members: Pick<Members, 'byIds'>
  media: Pick<MediaFiles, 'avatarRenditions' | 'avatarUrls'>
}

/** Authors as the cache keeps them, `ttl` seconds at most, and forgets with their members. */
export const authorEntries = (cache: Cache, ttl: number) =>
  cache.entries<UserId, Author>('author', {
    ttl,
    shared: true,
    forgets: [
      on(
        [
          'user.updated',
          'user.privacy_changed',
          'user.media_links_ended',
          'user.deleted',
          'user.hidden',
          'user.shown',
          'user.reach_changed',
        ],
        (e) => [e.user_id],
      ),
    ],
  })

/** Members as they stand beside what they did: a name and a picture. Deleted ones are absent. */
export class People {
  readonly #deps: PeopleDeps

  constructor(deps: PeopleDeps) {
    this.#deps = deps
  }

  async summaries(ids: Ids<UserId>): Promise<Map<UserId, UserSummary>> {
    const members = await this.#deps.members.byIds(ids)
    const avatars = await this.#avatars([...members.values()])
    return new Map([...members].map(([id, member]) => [id, summaryOf(member, avatars)]))
  }

  /** The same written out once, as posts' replies take them. */
  async authors(ids: Ids<UserId>): Promise<Map<UserId, Author>> {
    const found = await this.#deps.authors.throughMany(ids, async (missing) => {
      const members = await this.#deps.members.byIds(missing)
      const avatars = await this.#avatars([...members.values()])
      return new Map([...members].map(([id, member]) => [id, authorOf(member, avatars)]))
    })
    return byField(found, 'user_id')
  }

  /** A summary, and the picture in all its sizes. */
  async large(member: PublicMember): Promise<UserSummary & { profile_picture_variants: Rendition[] }> {
    const { avatar_media_id } = member
    const [avatars, profile_picture_variants] = await Promise.all([
      this.#avatars([member]),
      avatar_media_id === null ? [] : this.#deps.media.avatarRenditions(avatar_media_id),
    ])
    return { ...summaryOf(member, avatars), profile_picture_variants }
  }

  async #avatars(members: Ids<Pick<PublicMember, 'avatar_media_id'>>): Promise<Map<MediaId, string>> {
    const ids = members.map((member) => member.avatar_media_id).filter((id) => id !== null)
    return ids.length === 0 ? new Map() : this.#deps.media.avatarUrls(ids)
  }
}

const summaryOf = (member: PublicMember, avatars: ReadonlyMap<MediaId, string>): UserSummary => ({
  user_id: member.user_id,
  username: member.username,
  full_name: member.full_name,
  profile_picture: (member.avatar_media_id && avatars.get(member.avatar_media_id)) ?? null,
  is_private: member.is_private,
  is_verified: member.is_verified,
})

const authorOf = (member: PublicMember, avatars: ReadonlyMap<MediaId, string>): Author => ({
  user_id: member.user_id,
  is_private: member.is_private,
  ...(member.is_silenced && { is_silenced: true }),
  media_epoch: member.media_epoch,
  json: bytesOf(JSON.stringify(summaryOf(member, avatars))),
})
