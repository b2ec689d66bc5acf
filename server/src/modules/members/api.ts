export type { PublicMember } from './directory.ts'

import type { Membership } from './membership.ts'
import type { MembersReader } from './reader.ts'

/** Who members are, for every other module: it stands below all of them. */
export type Members = Pick<
  MembersReader,
  | 'addressed'
  | 'byIds'
  | 'byMention'
  | 'byUsername'
  | 'count'
  | 'holdPrivacy'
  | 'idsAfter'
  | 'lastActive'
  | 'newest'
  | 'own'
  | 'privacyFlags'
  | 'usernames'
>

/** How they come and go, for accounts alone. */
export type Comings = Pick<
  Membership,
  'assertUnlikeStaff' | 'hide' | 'idOf' | 'join' | 'leave' | 'noteActivity' | 'own' | 'parseUsername' | 'show'
>

/** How moderators keep others from seeing them. */
export type Restraining = Pick<Membership, 'endSuspension' | 'silence' | 'suspend'>

/** How admins say who they are. */
export type Verifying = Pick<Membership, 'verify'>
