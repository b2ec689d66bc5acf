import type { UserId } from '@tintype/contract'

/** full: sees what they post; locked: their profile's head alone; hidden: as if they did not exist. */
export type Standing = 'full' | 'locked' | 'hidden'

interface Ties {
  following: ReadonlySet<UserId>
  blocked: ReadonlySet<UserId>
}

/** What a viewer (null: a visitor) with these ties may see of a member; an absent member was deleted or never was. */
export function standingOf(
  viewerId: UserId | null,
  ties: Ties | undefined,
  memberId: UserId,
  member: { is_private: boolean } | undefined,
): Standing {
  if (!member) return 'hidden'
  if (memberId === viewerId) return 'full'
  if (ties?.blocked.has(memberId)) return 'hidden'
  return member.is_private && !ties?.following.has(memberId) ? 'locked' : 'full'
}
