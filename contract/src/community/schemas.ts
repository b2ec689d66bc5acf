import { Exact, Nullable, type Static, Type } from '../core/schema.ts'

export const RegistrationPolicy = Type.Union([
  Type.Literal('open'),
  Type.Literal('invitation'),
  Type.Literal('closed'),
])

export const Instance = Exact({
  name: Type.String(),
  description: Type.String(),
  registration: RegistrationPolicy,
  /** Days for which a log-in brings a deleted account back; 0: it is gone at once. */
  deletion_days: Type.Integer(),
  /** False until the first account, the owner's, exists: the web app then shows the first-run set-up. */
  is_set_up: Type.Boolean(),
  version: Type.String(),
  members_count: Type.Integer(),
  /** Videos that are taken: at most so long (seconds) and large. Null: none. */
  video: Nullable(Exact({ max_seconds: Type.Integer(), max_bytes: Type.Integer() })),
  /** Where else members can log in, and whether there alone; absent: nowhere. */
  openid: Type.Optional(Exact({ name: Type.String(), sign_up: RegistrationPolicy, only: Type.Boolean() })),
})

export type Instance = Static<typeof Instance>
