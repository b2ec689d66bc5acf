export type { FriendOfFriends, GraphQuestions } from './questions.ts'

import type { Circles as CirclesService } from './circles.ts'
import type { GraphService } from './service.ts'

/** Who knows whom, and who sees whom. */
export type Graph = Pick<
  GraphService,
  | 'relations'
  | 'followerCounts'
  | 'followersAmong'
  | 'followersAfter'
  | 'followersOf'
  | 'following'
  | 'followingAmong'
  | 'heldBack'
  | 'holdsBack'
  | 'judge'
  | 'limitersAmong'
  | 'listEntries'
  | 'mutersAmong'
  | 'profileVisibility'
  | 'relationships'
  | 'relationshipsOf'
  | 'requestCount'
  | 'restrictersOf'
  | 'restricts'
  | 'visibleMember'
>

/** Members' circles, for what is shared with them. */
export type Circles = Pick<CirclesService, 'assertOwn' | 'membersOf'>
