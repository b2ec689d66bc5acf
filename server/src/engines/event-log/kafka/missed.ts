import type { Sql } from '../../db/port.ts'
import { type KafkaTopic, OutOfRange } from '../../kafka/port.ts'
import { RELAY, readPiece, readSettled } from '../postgres/log-store.ts'
import { at, isSettled, type Position } from '../postgres/rows.ts'
import type { Piece } from '../postgres/share-reader.ts'
import { stepOf } from './told.ts'

export interface Missing {
  db: Sql
  topic: KafkaTopic
  share: number
  position: Position
  /** Of the topic, and of the first record that it keeps. */
  id: string
  first: number
}

const PIECE = 1000

/** What a share's reader has not been told and the topic does not keep any more: the outbox keeps what any group may need. */
export async function readMissed({ db, topic, share, position, id, first }: Missing): Promise<Piece> {
  const kept = await firstKept(db, topic, share, first)
  const until = kept.until ?? kept.xid
  const behind = position.until === until ? (position.seq ?? 0) : 0
  const range = { xid: position.xid, until, share, types: undefined, limit: PIECE }
  const found = until > position.xid ? await readPiece(db, range, behind) : []
  const rows = found.filter((row) => !isSettled(position, row) && isSettled(kept, row))
  const last = found.at(-1)
  if (found.length === PIECE && last !== undefined)
    return { rows, after: { xid: position.xid, until, seq: last.seq, copy: position.copy } }
  const after = until > position.xid ? kept : position
  return { rows, after: { ...after, copy: { id, offset: first } } }
}

/** How far the share had been told before the first record that is kept; where none is, how far it has been sent. */
async function firstKept(db: Sql, topic: KafkaTopic, share: number, first: number): Promise<Position> {
  const { records } = await topic.read(share, first).catch((error: unknown) => {
    if (error instanceof OutOfRange) return { records: [] }
    throw error
  })
  const [record] = records
  if (record === undefined) return readSettled(db, RELAY, share)
  const step = stepOf(share, record)
  if ('below' in step) return at(step.below)
  return { xid: step.window[0], until: step.window[1], seq: step.row.seq - 1 }
}
