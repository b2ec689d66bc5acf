import type { Reels } from './reels.ts'

export type { ReelRef } from './listing-store.ts'
export type { ReelTrims } from './reels.ts'

/** Which reels there are, whoever asks, and what stands beside each. */
export type ReelLists = Pick<Reels, 'best' | 'ofAuthors' | 'recent' | 'trims' | 'watchedBy'>
