import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { withClient } from '../postgres/client.ts'
import { pack, syncFolder } from './packed-file.ts'
import {
  archivedName,
  isHistory,
  isSegment,
  listArchived,
  numberAt,
  numberOf,
  positionOf,
} from './segments.ts'

const SLOT = 'tintype_archive'

export interface ArchiverOptions {
  url: string
  cluster: string
  /** The folder of the archive. */
  folder: string
}

/**
 * Takes PostgreSQL's log away as it grows. A replication slot keeps each segment until it is stored; where nobody takes it for long,
 * PostgreSQL gives it up rather than fill the disk (`max_slot_wal_keep_size`), and only a new full backup begins a new chain.
 */
export class WalArchiver {
  readonly #options: ArchiverOptions

  constructor(options: ArchiverOptions) {
    this.#options = options
  }

  /**
   * Stores all that is acknowledged by now, after `first` has stored what its rows may name. Answers up to when that is (milliseconds since
   * 1970), and whether segments were given up before they were stored.
   */
  ship(first: () => Promise<void> = async () => {}): Promise<{ reachedAt: number; broken: boolean }> {
    const { url, cluster, folder } = this.#options
    return withClient(url, async (client) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { position, broken } = await keepSlot(client)
      const reachedAt = await closeSegment(client)
      const end = numberAt(await currentPosition(client))
      await first()
      await storeSegments(join(cluster, 'pg_wal'), folder, { from: numberAt(position), end, at: reachedAt })
      if (end > numberAt(position))
        await client.query('select pg_replication_slot_advance($1, $2)', [SLOT, positionOf(end)])
      return { reachedAt, broken }
    })
  }
}

async function keepSlot(client: Client): Promise<{ position: string; broken: boolean }> {
  const { rows } = await client.query<{ position: string | null; status: string }>(
    'select restart_lsn::text as position, wal_status as status from pg_replication_slots where slot_name = $1',
    [SLOT],
  )
  const [slot] = rows
  const isLost = slot !== undefined && (slot.status === 'lost' || slot.position === null)
  if (slot?.position && !isLost) return { position: slot.position, broken: false }
  if (slot) await client.query('select pg_drop_replication_slot($1)', [SLOT])
  const made = await client.query<{ lsn: string }>(
    'select lsn::text from pg_create_physical_replication_slot($1, true)',
    [SLOT],
  )
  return { position: made.rows[0]?.lsn ?? '0/0', broken: isLost }
}

/**
 * Ends the segment, so that it can be stored. A transaction of our own stands behind the time that is told: a restore to any moment before finds it, and
 * knows that it has arrived.
 */
async function closeSegment(client: Client): Promise<number> {
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at')
  await client.query('select pg_current_xact_id()')
  await client.query('select pg_switch_wal()')
  return rows[0]?.at.getTime() ?? 0
}

async function currentPosition(client: Client): Promise<string> {
  const { rows } = await client.query<{ lsn: string }>('select pg_current_wal_flush_lsn()::text as lsn')
  return rows[0]?.lsn ?? '0/0'
}

async function storeSegments(
  wal: string,
  folder: string,
  { from, end, at }: { from: number; end: number; at: number },
): Promise<void> {
  const there = await listArchived(folder)
  const stored = new Set(there.map(({ segment }) => segment))
  const before = Math.max(0, ...there.map((each) => each.at))
  for (const name of (await readdir(wal)).sort()) {
    const target = join(folder, `${name}.zst`)
    if (isHistory(name) && !existsSync(target)) await pack(join(wal, name), target)
    if (!isSegment(name) || stored.has(name) || numberOf(name) < from || numberOf(name) >= end) continue
    const isLast = numberOf(name) === end - 1
    await pack(join(wal, name), join(folder, archivedName(name, isLast ? at : before)))
  }
  await syncFolder(folder)
}
