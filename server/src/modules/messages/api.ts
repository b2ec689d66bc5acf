import type { MessagesFace } from './face.ts'

/** Of `message.sent`: who is to be told, and what they see of it. */
export type Messages = Pick<MessagesFace, 'wanting' | 'messageFor'>
