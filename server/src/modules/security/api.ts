import type { Challenges } from './challenges.ts'

export type { Comer } from './challenges.ts'

/** Proof of work, where what is asked for is attacked. */
export type Gatekeeping = Pick<Challenges, 'admit' | 'asks'>
