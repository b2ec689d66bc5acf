import type { Import } from '@tintype/contract'

export const importsKey = ['imports']

/** Something happens by itself. */
export const isWaiting = ({ state }: Import): boolean => state === 'checking' || state === 'running'
