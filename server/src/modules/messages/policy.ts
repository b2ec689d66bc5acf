import { limits, type MessageId, type UserId } from '@tintype/contract'
import { idTime } from '../../kit/ids.ts'
import type { Head, Marks } from './envelope.ts'

const DAY_MS = limits.messageDay * 1000
const WAITS_MS = limits.viewOnceWaits * 1000
/** Beyond its end a message is kept so long, for what is done about it then. */
const GRACE_MS = 7 * 24 * 3600 * 1000
const OPEN_MS = limits.viewOnceOpen * 1000
const EDITABLE_MS = limits.messageEditable * 1000

export const sentAt = (id: MessageId): number => idTime(id)

/** When a message ends by itself, milliseconds since 1970; undefined: never. Every reader asks, so no cleaner has to be in time. */
export function endOf(id: MessageId, { life }: Marks): number | undefined {
  return endFrom(sentAt(id), life)
}

/** The same of one that is sent at this moment. */
export function endFrom(at: number, life: Marks['life']): number | undefined {
  if (life === undefined) return undefined
  return at + (life === 'day' ? DAY_MS : WAITS_MS)
}

/** What a store is told of one that ends: it goes by itself, should nobody come to delete it. */
export const forgetting = (end: number | undefined, now: number): { forget_after?: number } =>
  end === undefined ? {} : { forget_after: Math.max(1, Math.ceil((end + GRACE_MS - now) / 1000)) }

export const isOver = ({ message_id, marks }: Pick<Head, 'message_id' | 'marks'>, now: number): boolean =>
  now >= (endOf(message_id, marks) ?? Number.POSITIVE_INFINITY)

export const isEditable = (id: MessageId, now: number): boolean => now < sentAt(id) + EDITABLE_MS

/** Of what can be seen once: shut before it is opened, and a minute after. Its sender has seen it. */
export function isShut(message: Pick<Head, 'sender_id' | 'marks'>, viewerId: UserId, now: number): boolean {
  const { life, opened } = message.marks
  if (life !== 'view_once') return false
  const at = opened?.[viewerId]
  return at === undefined || now >= at + OPEN_MS
}

/** Nobody can see any more what can be seen once: all for whom it was have, and their minute is over. */
export function isSpent({ opened = {} }: Marks, recipients: readonly UserId[], now: number): boolean {
  return recipients.every((id) => now >= (opened[id] ?? Number.POSITIVE_INFINITY) + OPEN_MS)
}

/** The milliseconds after which an opened one is shut. */
export const openFor = OPEN_MS

/** The highest of them; null where there is none. */
export const furthest = <T extends string>(...ids: readonly (T | null | undefined)[]): T | null =>
  ids.reduce<T | null>((most, id) => (id && (most === null || id > most) ? id : most), null)

interface Place {
  visible_above: MessageId | null
}

/** Whether a member who is in the conversation may see a message by where it stands and by its time. */
export const isThere = (place: Place, message: Pick<Head, 'message_id' | 'marks'>, now: number): boolean =>
  (place.visible_above === null || message.message_id > place.visible_above) && !isOver(message, now)
