import type { Factors } from './factors.ts'

export type { SecondFactor } from './factors.ts'

/** What a log-in and a proof ask for, for accounts alone. */
export type SecondFactors = Pick<Factors, 'secondStep' | 'takeCode' | 'takeRecoveryCode'>
