import { Exact, type Id, idOf, Nullable, PostId, type Static, Timestamp, Type } from '../core/schema.ts'
import { limits } from '../limits.ts'

const DAY = 24 * 3600

export const privateLinkLimits = {
  /** Links of one member. */
  perMember: 100,
  passwordMin: 6,
  /** Seconds. */
  shortest: 3600,
  longest: 365 * DAY,
} as const

export type LinkId = Id<'link'>
export const LinkId = idOf<LinkId>()

/** A link to one of one’s own posts that opens it for people without an account. Only who made it is told of it. */
export const PrivateLink = Exact({
  link_id: LinkId,
  /** Of the page, on this server: whoever has it sees the post, after the password where there is one. */
  path: Type.String(),
  post_id: PostId,
  /** The post’s first picture, as its author sees it; null where it is gone. */
  picture: Nullable(Type.String()),
  caption: Type.String(),
  has_password: Type.Boolean(),
  /** Null: it does not expire. */
  expires_at: Nullable(Timestamp),
  /** Whether it opens now: not after its time, nor while the post is archived or removed. */
  works: Type.Boolean(),
  /** How often the post was shown through it; by whom is not known. */
  opened_count: Type.Integer(),
  created_at: Timestamp,
})
export type PrivateLink = Static<typeof PrivateLink>

export const NewPrivateLink = Exact({
  password: Type.Optional(
    Type.String({ minLength: privateLinkLimits.passwordMin, maxLength: limits.passwordMax }),
  ),
  /** Seconds from now; without it the link does not expire. */
  expires_in: Type.Optional(
    Type.Integer({ minimum: privateLinkLimits.shortest, maximum: privateLinkLimits.longest }),
  ),
})
export type NewPrivateLink = Static<typeof NewPrivateLink>
