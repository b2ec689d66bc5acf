import type { EventType } from '@tintype/contract'
import type { KafkaRecord, NewRecord } from '../../kafka/port.ts'
import { at, type EventRow, isSettled, type Position } from '../postgres/rows.ts'

/**
 * What stands in the topic: an event, and how far its share has been sent with it. Fields are only ever added; whoever else reads the topic
 * needs `id`, `type`, `at` (milliseconds since 1970) and `payload`.
 */
interface Told {
  id: string
  type: EventType
  at: number
  payload: unknown
  /** Its transaction, and the transactions that it was read with: from the first, below the second. */
  xid: number
  window: [number, number]
  /** The last of its share in the window. */
  last?: true
}

/** A record without a key: everything of the share below this transaction has been sent. */
interface Mark {
  below: number
}

export const recordOfMark = (partition: number, below: number): NewRecord => ({
  partition,
  key: undefined,
  value: JSON.stringify({ below } satisfies Mark),
})

/**
 * Records of what was read of a share, in order. Positions go by transactions of events, which are durable: the horizon to which was read
 * may be ahead of what a database that crashes remembers, and numbers that it gives again would then be passed over.
 */
export function recordsOf(
  rows: readonly EventRow[],
  { from, until, isWhole }: { from: number; until: number; isWhole: boolean },
): NewRecord[] {
  return rows.map((row, index) => {
    const told: Told = {
      id: String(row.seq),
      type: row.type,
      at: row.at,
      payload: row.payload,
      xid: row.xid,
      window: [from, until],
      ...(isWhole && index === rows.length - 1 && { last: true }),
    }
    return { partition: row.share, key: row.key, value: JSON.stringify(told) }
  })
}

/** What a record says, read once for all groups. */
export type Step = { row: EventRow; window: [number, number]; isLast: boolean } | Mark

export const stepOf = (share: number, { key, value }: KafkaRecord): Step => {
  const told = JSON.parse(value) as Told | Mark
  if (key === undefined || 'below' in told) return told as Mark
  const { id, xid, at, type, payload, window, last } = told
  return { row: { seq: Number(id), xid, at, share, type, key, payload }, window, isLast: last === true }
}

/** The events that come behind a position, and the position behind them. */
export function follow(steps: readonly Step[], position: Position): { rows: EventRow[]; after: Position } {
  const rows: EventRow[] = []
  let after = position
  for (const step of steps) {
    if ('below' in step) {
      if (step.below > Math.max(after.xid, after.until ?? 0)) after = at(step.below)
      continue
    }
    const { row, window, isLast } = step
    // Sent again, by a relay that did not know how far the one before it had come.
    if (isSettled(after, row)) continue
    rows.push(row)
    const [from, until] = window
    after = isLast ? at(until) : { xid: Math.max(from, after.xid), until, seq: row.seq }
  }
  return { rows, after }
}
