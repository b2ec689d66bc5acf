import type { AppTokens } from './app-tokens.ts'

/** Whose an app's token is, and their end with a member's sessions: for accounts alone. */
export type AppGrants = Pick<AppTokens, 'endIn' | 'find' | 'isOne' | 'named'>
