import type { Preferences } from './preferences.ts'

/** Who is in quiet mode, and what a member's own record says of what they chose. */
export type QuietMode = Pick<Preferences, 'ownOf' | 'quietAmong'>
