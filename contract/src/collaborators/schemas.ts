import { Exact, type Static, Type, Username } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'

/** Beside the author; those who are asked count. */
export const mostCollaborators = 5

export const CollaboratorNames = Type.Array(Username, { maxItems: mostCollaborators, uniqueItems: true })

export const Collaborator = Exact({
  user: UserListEntry,
  /** They have not agreed yet: seen by them and by the author alone. */
  pending: Type.Optional(Type.Boolean()),
})
export type Collaborator = Static<typeof Collaborator>
