import { Exact, type Static, Type } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'

export const repostLimits = {
  /** Of whom a member can hide what they pass on. */
  muted: 500,
  /** Named above a post. */
  named: 3,
} as const

export const Reposted = Exact({
  reposted: Type.Boolean(),
  /** By how many members. */
  reposts_count: Type.Integer(),
})
export type Reposted = Static<typeof Reposted>

/** `allowed`: for the viewer, of this post. */
export const RepostState = Exact({ ...Reposted.properties, allowed: Type.Boolean() })
export type RepostState = Static<typeof RepostState>

export const RepostSettings = Exact({
  /** Whether others may pass on one's posts; what they have is hidden while they may not. */
  allowed: Type.Boolean(),
  /** Whose reposts one does not want to see. */
  muted: Type.Array(UserListEntry),
})
export type RepostSettings = Static<typeof RepostSettings>
