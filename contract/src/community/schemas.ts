import { Exact, type Static, Type } from '../core/schema.ts'

export const RegistrationPolicy = Type.Union([
  Type.Literal('open'),
  Type.Literal('invitation'),
  Type.Literal('closed'),
])

export const Instance = Exact({
  name: Type.String(),
  description: Type.String(),
  registration: RegistrationPolicy,
  /** False until the first account, the owner's, exists: the web app then shows the first-run set-up. */
  is_set_up: Type.Boolean(),
  version: Type.String(),
  members_count: Type.Integer(),
})

export type Instance = Static<typeof Instance>
