import { Exact, type Id, idOf, type Static, Type, Written } from '../core/schema.ts'

export const circleLimits = {
  name: 40,
  perMember: 20,
  /** Members of one. */
  members: 500,
} as const

export type CircleId = Id<'circle'>
export const CircleId = idOf<CircleId>()

export const CircleName = Written('line', { min: 1, max: circleLimits.name })

/** Whom a member shares some of their posts and stories with. Nobody else learns that it is there, how it is called or who is in it. */
export const Circle = Exact({
  circle_id: CircleId,
  name: Type.String(),
  members_count: Type.Integer(),
})
export type Circle = Static<typeof Circle>

/** For whom a post or a story is, in place of all who may see its author's. */
export const CircleIds = Type.Array(CircleId, {
  minItems: 1,
  maxItems: circleLimits.perMember,
  uniqueItems: true,
})
