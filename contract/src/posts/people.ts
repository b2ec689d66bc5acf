import { Exact, MediaId, type Static, Type, Username } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { UserListEntry } from '../members/schemas.ts'

/** Where on the picture as it is shown: 0, 0 is its upper left corner, 1, 1 the lower right one. */
const spot = {
  x: Type.Number({ minimum: 0, maximum: 1 }),
  y: Type.Number({ minimum: 0, maximum: 1 }),
}

/** Who is to be tagged where. */
export const PersonTag = Exact({
  /** The picture's place in the post, from 0. */
  picture: Type.Integer({ minimum: 0, maximum: limits.carousel - 1 }),
  username: Username,
  ...spot,
})

export type PersonTag = Static<typeof PersonTag>

export const PersonTags = Type.Array(PersonTag, { maxItems: limits.taggedPeople })

export const TaggedPerson = Exact({
  media_id: MediaId,
  user: UserListEntry,
  ...spot,
  /** They have not agreed yet: seen by them and by the author alone. */
  pending: Type.Optional(Type.Boolean()),
})

export type TaggedPerson = Static<typeof TaggedPerson>

/** Whose tags are shown at once; all others wait for the member’s approval. */
export const taggers = ['anyone', 'following', 'nobody'] as const

export type Taggers = (typeof taggers)[number]

export const Taggers = Type.Unsafe<Taggers>(Type.Union(taggers.map((who) => Type.Literal(who))))
