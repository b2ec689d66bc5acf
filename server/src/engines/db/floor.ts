import { TintypeError } from '@tintype/contract'
import type { Broadcast } from '../broadcast/port.ts'
import type { NewEvent } from '../outbox/port.ts'
import type { Db } from './port.ts'

const CHANNEL = 'database.floor'

interface Options {
  db: Db
  broadcast: Broadcast
  /** Facts by which somebody may see less than before. */
  withdraws: ReadonlySet<string>
  /** Gets a sign of life of the replicas, which all can do without. */
  checks: { name: string; check(): Promise<void>; canWait?: readonly string[] }[]
}

export interface Floor {
  hear(facts: readonly Pick<NewEvent, 'type'>[]): Promise<void>
}

/**
 * What was withdrawn is read late by nobody: here from before whoever did it is answered, in the other processes within a broadcast's
 * time, and who may have missed one reads of the primary until it knows where that stands.
 */
export async function openFloor({ db, broadcast, withdraws, checks }: Options): Promise<Floor> {
  if (!db.isReplicated) return { hear: async () => {} }
  checks.push({ name: 'replicas', check: () => assertThere(db), canWait: [] })
  await broadcast.subscribe(CHANNEL, (position) => db.raise(String(position)))
  broadcast.onGap(() => db.raise(undefined))
  return {
    async hear(facts) {
      if (!facts.some(({ type }) => withdraws.has(type))) return
      // Nothing is read late while it is asked.
      db.raise(undefined)
      await broadcast.publish(CHANNEL, await db.position())
    },
  }
}

async function assertThere(db: Db): Promise<void> {
  if (db.lags().includes(undefined)) throw new TintypeError('unavailable')
}
