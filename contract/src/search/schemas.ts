import { Exact, type Id, idOf, Nullable, type Static, Type } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Place, Post } from '../posts/schemas.ts'

export const searchLimits = {
  /** Of what is searched for. */
  q: 500,
  /** Searches of theirs that a member is offered again. */
  recents: 20,
} as const

/** Never more than what the viewer may see: one that counts nothing for them is not found. */
const posts_count = Type.Integer()

export const UserHit = Exact({ type: Type.Literal('user'), user: UserListEntry })
export const PostHit = Exact({ type: Type.Literal('post'), post: Post })
export const HashtagHit = Exact({ type: Type.Literal('hashtag'), tag: Type.String(), posts_count })
export const PlaceHit = Exact({
  type: Type.Literal('place'),
  /** Names it among places. */
  place_id: Type.String(),
  place: Place,
  posts_count,
})

/** Something that was found, as the viewer may see it. */
export const SearchHit = Type.Union([UserHit, PostHit, HashtagHit, PlaceHit])
export type UserHit = Static<typeof UserHit>
export type HashtagHit = Static<typeof HashtagHit>
export type PlaceHit = Static<typeof PlaceHit>
export type SearchHit = Static<typeof SearchHit>

/** What can be named while it is typed. */
export const NamedHit = Type.Union([UserHit, HashtagHit, PlaceHit])
export type NamedHit = Static<typeof NamedHit>

const literals = <T extends string>(...values: T[]) => Type.Union(values.map((value) => Type.Literal(value)))
export const SearchType = Type.Unsafe<'top' | 'users' | 'posts' | 'hashtags' | 'places'>(
  literals('top', 'users', 'posts', 'hashtags', 'places'),
)
export type SearchType = Static<typeof SearchType>
export const NamedType = Type.Unsafe<'top' | 'users' | 'hashtags' | 'places'>(
  literals('top', 'users', 'hashtags', 'places'),
)

export const RecentId = idOf<RecentId>()
export type RecentId = Id<'recent'>

/** A search of the member's own: a text, or something that was found by it and is still there for them. */
export const RecentSearch = Exact({
  recent_id: RecentId,
  q: Nullable(Type.String()),
  hit: Nullable(NamedHit),
})
export type RecentSearch = Static<typeof RecentSearch>

/** One of them. */
export const NewRecent = Type.Union([
  Exact({ q: Type.String({ minLength: 1, maxLength: searchLimits.q }) }),
  Exact({ username: Type.String({ minLength: 1, maxLength: 64 }) }),
  Exact({ tag: Type.String({ minLength: 1, maxLength: 100 }) }),
  Exact({ place_id: Type.String({ minLength: 1, maxLength: 400 }) }),
])
export type NewRecent = Static<typeof NewRecent>
