import type { Sql } from '../../db/port.ts'
import type { KafkaTopic } from '../../kafka/port.ts'
import { readHorizon } from '../postgres/log-store.ts'
import { at, type CopyPlace, type Position } from '../postgres/rows.ts'
import { follow, stepOf } from './told.ts'

/** How far a share has been sent. */
export interface End {
  /** Where the next record will stand. */
  place: CopyPlace
  /** What the last record says; undefined where none is kept. */
  sent: Position | undefined
}

export async function endOf(topic: KafkaTopic, share: number): Promise<End> {
  const id = await topic.id()
  const { first, next } = await topic.bounds()
  const [low = 0, offset = 0] = [first[share], next[share]]
  const place = { id, offset }
  if (offset === low) return { place, sent: undefined }
  const { records } = await topic.read(share, offset - 1)
  const steps = records.slice(-1).map((record) => stepOf(share, record))
  return { place, sent: follow(steps, at(0)).after }
}

/**
 * Whether the topic knows of transactions that the database does not: it was put back to an earlier time, and what it has forgotten are no
 * facts any more.
 */
export async function isAhead(db: Sql, ends: readonly End[]): Promise<boolean> {
  const highest = ends.map(({ sent }) => Math.max(sent?.xid ?? 0, sent?.until ?? 0))
  return Math.max(...highest) > (await readHorizon(db))
}
