import type { Preferences } from './preferences.ts'

/** Who is in quiet mode, as themself and as others see them. */
export type QuietMode = Pick<Preferences, 'quietAmong' | 'quietOf'>
