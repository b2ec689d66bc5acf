import { createHash } from 'node:crypto'
import type { Db, Sql, Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { type AuditFact, type AuditRow, entriesAfter, insertEntry, lockChain } from './audit-store.ts'

export interface AuditDeps {
  db: Db
  clock: Clock
}

const START = new Uint8Array(32)
/** Entries looked at between two reads. */
const CHUNK = 5000

/** What was found of the log. `head`: the hash of the last entry, for whoever keeps it elsewhere. */
export interface Verified {
  entries: number
  head: string
  /** The first entry that is not as it was written. */
  broken?: { seq: number; what: 'missing' | 'changed' | 'moved' }
}

/**
 * The log of all that was done. An entry's hash covers what it says and the hash of the one before, so that whoever changes, takes out or puts
 * in an entry has to write all later ones anew; and who has kept a later hash elsewhere sees that. The database refuses changes by
 * itself; the chain shows those made around it.
 */
export class Audit {
  readonly #deps: AuditDeps

  constructor(deps: AuditDeps) {
    this.#deps = deps
  }

  /**
   * In the transaction of what was done, as its last step: until it ends nobody else adds an entry, which is what makes them a chain.
   */
  async append(tx: Tx, fact: AuditFact): Promise<void> {
    const end = await lockChain(tx)
    const entry = {
      seq: (end?.seq ?? 0) + 1,
      at: new Date(this.#deps.clock.now()),
      actor_id: fact.actor_id,
      action: fact.action,
      member_id: fact.member_id ?? null,
      kind: fact.kind ?? null,
      subject_id: fact.subject_id ?? null,
      why: fact.why,
      details: fact.details ?? {},
    }
    const previous = end?.hash ?? START
    await insertEntry(tx, { ...entry, previous, hash: hashOf(entry, previous) })
  }

  verify(): Promise<Verified> {
    return verifyAudit(this.#deps.db.query)
  }
}

export async function verifyAudit(db: Sql): Promise<Verified> {
  let [seq, previous] = [0, START]
  for (;;) {
    const rows = await entriesAfter(db, seq, CHUNK)
    for (const row of rows) {
      const what = faultOf(row, seq, previous)
      if (what) return { entries: seq, head: hexOf(previous), broken: { seq: seq + 1, what } }
      seq = row.seq
      previous = row.hash as Uint8Array<ArrayBuffer>
    }
    if (rows.length < CHUNK) return { entries: seq, head: hexOf(previous) }
  }
}

function faultOf(row: AuditRow, before: number, previous: Uint8Array) {
  if (row.seq !== before + 1) return 'missing'
  if (!isSame(row.previous, previous)) return 'moved'
  return isSame(row.hash, hashOf(row, previous)) ? undefined : 'changed'
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
export const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

/** What an entry says, in one form: jsonb keeps no order of keys. */
function hashOf(row: Omit<AuditRow, 'previous' | 'hash'>, previous: Uint8Array): Uint8Array {
  const details = Object.entries(row.details).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const { seq, at, actor_id, action, member_id, kind, subject_id, why } = row
  const text = JSON.stringify([
    seq,
    at.toISOString(),
    actor_id,
    action,
    member_id,
    kind,
    subject_id,
    why,
    details,
  ])
  return createHash('sha256').update(previous).update(text).digest()
}
