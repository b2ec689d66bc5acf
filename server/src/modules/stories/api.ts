import type { StoriesFace } from './face.ts'

/** Stories, for who answers them. */
export type Stories = Pick<StoriesFace, 'forReply' | 'reactionOf'>
