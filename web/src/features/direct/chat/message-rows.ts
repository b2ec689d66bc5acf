import type { MessageId } from '@tintype/contract'
import type { Outgoing } from '../../../data/direct/outbox.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'

/** How a message stands among those of its sender around it. */
export interface Placing {
  /** The first of several: its sender is named, and its corner is round. */
  first: boolean
  last: boolean
}

export type ChatRow =
  | { kind: 'begin'; key: string }
  | { kind: 'time'; key: string; at: string; isNewDay: boolean }
  | { kind: 'unread'; key: string }
  | ({ kind: 'message'; key: string; id: MessageId } & Placing)
  | ({ kind: 'outgoing'; key: string; outgoing: Outgoing } & Placing)

interface Shown {
  messages: readonly MessageEntity[]
  /** There are older ones that have not been read. */
  hasOlder: boolean
  outgoing: readonly Outgoing[]
  /** The last that had been read when the conversation was opened, where something of others stands below it. */
  unreadAfter: MessageId | null
}

const MINUTE = 60_000
/** Messages of one sender stand together; after a pause of so long the time is told. */
const TOGETHER_MS = 5 * MINUTE
const PAUSE_MS = 45 * MINUTE

interface Line {
  key: string
  /** Undefined of what nobody in the conversation said. */
  by: string | undefined
  at: number
  row: (placing: Placing) => ChatRow
}

/**
 * What stands in a conversation, oldest first. The oldest that is known waits until it is known what comes before it: so every row
 * stays as it is, and nothing moves, when older ones come above.
 */
export function rowsOf({ messages, hasOlder, outgoing, unreadAfter }: Shown): ChatRow[] {
  const lines = [...messages.map(lineOf), ...stillOut(messages, outgoing).map(lineOfOutgoing)]
  const unreadAt = lines.findIndex(
    ({ key, by }) => unreadAfter !== null && key > unreadAfter && by !== 'self',
  )
  const rows: ChatRow[] = hasOlder ? [] : [{ kind: 'begin', key: 'begin' }]
  lines.forEach((line, index) => {
    const before = lines[index - 1]
    const after = lines[index + 1]
    if (!before && hasOlder) return
    const time = timeAbove(line, before)
    if (time) rows.push(time)
    if (before && index === unreadAt) rows.push({ kind: 'unread', key: 'unread' })
    const first = !before || time !== undefined || !isTogether(before, line)
    const last = !after || timeAbove(after, line) !== undefined || !isTogether(line, after)
    rows.push(line.row({ first, last }))
  })
  return rows
}

/** One's own that came over the socket before the answer to sending it is shown once. */
function stillOut(messages: readonly MessageEntity[], outgoing: readonly Outgoing[]): readonly Outgoing[] {
  if (outgoing.length === 0) return outgoing
  const known = new Set(messages.flatMap(({ client_message_id: id }) => id ?? []))
  return outgoing.filter((one) => !known.has(one.client_message_id))
}

/** The same element from being written until it is there. */
const keyOf = (message: MessageEntity): string => message.client_message_id ?? message.message_id

const lineOf = (message: MessageEntity): Line => ({
  key: message.message_id,
  by: message.kind === 'system' ? undefined : message.is_own ? 'self' : (message.user_id ?? 'nobody'),
  at: Date.parse(message.created_at),
  row: (placing) => ({ kind: 'message', key: keyOf(message), id: message.message_id, ...placing }),
})

const lineOfOutgoing = (outgoing: Outgoing): Line => ({
  key: outgoing.client_message_id,
  by: 'self',
  at: outgoing.written_at,
  row: (placing) => ({ kind: 'outgoing', key: outgoing.client_message_id, outgoing, ...placing }),
})

const isTogether = (a: Line, b: Line): boolean =>
  a.by !== undefined && a.by === b.by && b.at - a.at < TOGETHER_MS

const dayOf = (at: number): string => new Date(at).toDateString()

/** By the reader's days. */
function timeAbove(line: Line, before: Line | undefined): ChatRow | undefined {
  const isNewDay = !before || dayOf(line.at) !== dayOf(before.at)
  if (!isNewDay && line.at - before.at < PAUSE_MS) return undefined
  return { kind: 'time', key: `time:${line.key}`, at: new Date(line.at).toISOString(), isNewDay }
}
