import type { Community } from './community.ts'

export type { Vouching } from './community.ts'

/** Who may come in, and whose it is. */
export type CommunityGate = Pick<Community, 'admit' | 'assertOpen' | 'bequeath' | 'instance' | 'isOpenIdOnly'>
