import type { Factors } from './factors.ts'
import type { Passkeys } from './passkeys.ts'

export type { SecondFactor } from './factors.ts'

/** What a log-in and a proof ask for, for accounts alone. */
export type SecondFactors = Pick<Factors, 'secondStep' | 'takeCode' | 'takeRecoveryCode'>
export type PasskeyUse = Pick<Passkeys, 'take'>
