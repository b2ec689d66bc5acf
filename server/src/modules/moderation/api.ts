export type { Verified } from './audit.ts'

import type { Appeals } from './appeals.ts'
import type { Audit } from './audit.ts'
import type { bansOf } from './doors.ts'
import type { Spam } from './spam/spam.ts'
import type { Words } from './words.ts'

/** What a log-in that is refused tells, and what may be asked then. */
export type Sanctions = Pick<Appeals, 'appeal' | 'suspension'>

/** From where no account can be made. */
export type Bans = ReturnType<typeof bansOf>

/** Words that the community keeps out. */
export type CommunityWords = Pick<Words, 'assertFree' | 'assertFreeName' | 'holds'>

/** Whether a text of a stranger is to be held. */
export type SpamFilter = Pick<Spam, 'holds'>

/** For what else has to stand in the log, in the transaction of what was done. */
export type AuditLog = Pick<Audit, 'append'>
