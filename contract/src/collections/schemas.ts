import { Exact, type Id, idOf, type Static, Type, Written } from '../core/schema.ts'
import { Media } from '../media/schemas.ts'
import { UserListEntry, UserSummary } from '../members/schemas.ts'

export const collectionLimits = {
  name: 50,
  /** Beside the owner. */
  members: 32,
  /** That one member has made or was taken into. */
  perMember: 500,
  /** Pictures of a cover. */
  cover: 4,
} as const

export type CollectionId = Id<'collection'>
export const CollectionId = idOf<CollectionId>()

export const CollectionName = Written('line', { min: 1, max: collectionLimits.name })

/** A collection in the list of those that the viewer is in. */
export const Collection = Exact({
  collection_id: CollectionId,
  name: Type.String(),
  owner: UserSummary,
  /** Pictures of the newest posts in it that the viewer sees. */
  cover: Type.Array(Media, { maxItems: collectionLimits.cover }),
  is_owner: Type.Boolean(),
  /** Others whom the viewer sees are in it. */
  is_shared: Type.Boolean(),
})
export type Collection = Static<typeof Collection>

export const WholeCollection = Exact({
  ...Collection.properties,
  /** Those that the viewer sees, in the order in which they came; its owner is not among them. */
  members: Type.Array(UserListEntry, { maxItems: collectionLimits.members }),
})
export type WholeCollection = Static<typeof WholeCollection>
