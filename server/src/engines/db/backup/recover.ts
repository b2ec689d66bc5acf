import { chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'
import { chooseAccount } from '../embedded/account.ts'
import { startEmbedded } from '../embedded/embedded.ts'
import { placeCluster } from '../embedded/place.ts'
import { withClient } from '../postgres/client.ts'
import { type Base, type PackedFile, readLabel } from './base.ts'
import { unpack } from './packed-file.ts'
import { isHistory, listArchived, unbroken } from './segments.ts'

export interface Recovery {
  /** The folder of the full backup, and what was noted of it. */
  backup: string
  base: Base
  /** The archive's folder; it may not be there. */
  archive: string
  dataDir: string
  /** Milliseconds since 1970; undefined: as far as the log goes. */
  until: number | undefined
}

/** Up to when a restore from this backup comes: what was acknowledged before is in it. Milliseconds since 1970. */
export async function reachOf({ base, archive }: Pick<Recovery, 'base' | 'archive'>): Promise<number> {
  const run = unbroken(await listArchived(archive), base.startSegment)
  const covers = run.some(({ at }) => at >= base.reachedAt)
  return covers ? Math.max(...run.map(({ at }) => at)) : base.reachedAt
}

/** Puts a cluster into an empty data directory and has PostgreSQL replay the log. Answers when its last transaction was. */
export async function recoverCluster(recovery: Recovery): Promise<Date | undefined> {
  const { dataDir, backup, base } = recovery
  const account = await chooseAccount(undefined)
  const cluster = await placeCluster(dataDir, account)
  await mkdir(cluster, { mode: 0o700 })
  for (const folder of base.folders) await mkdir(join(cluster, folder), { recursive: true, mode: 0o700 })
  await unpackAll(join(backup, 'database'), cluster, base.files)
  await unpackAll(join(backup, 'wal'), join(cluster, 'pg_wal'), base.wal)
  if (recovery.until !== base.reachedAt) await unpackArchive(recovery, join(cluster, 'pg_wal'))
  await writeFile(join(cluster, 'backup_label'), await readLabel(backup), { mode: 0o600 })
  await writeFile(join(cluster, 'recovery.signal'), '', { mode: 0o600 })
  if (account) await giveTo(cluster, account.ids)
  return await replay(recovery)
}

async function unpackAll(from: string, to: string, files: readonly PackedFile[]): Promise<void> {
  for (const { path, size, sha256 } of files) {
    const found = await unpack(join(from, `${path}.zst`), join(to, path)).catch((error) => {
      throw new StartFailure(`The backup is damaged: ${path} cannot be read (${String(error)}).`, error)
    })
    if (found.size !== size || found.sha256 !== sha256)
      throw new StartFailure(`The backup is damaged: ${path} has other bytes than were stored.`)
  }
}

async function unpackArchive({ archive, base, until }: Recovery, to: string): Promise<void> {
  const run = unbroken(await listArchived(archive), base.startSegment)
  const end = until === undefined ? -1 : run.findIndex(({ at }) => at >= until)
  for (const { file, segment } of end === -1 ? run : run.slice(0, end + 1))
    await unpack(join(archive, file), join(to, segment))
  for (const name of await readdir(archive).catch(() => [] as string[])) {
    const plain = name.replace(/\.zst$/, '')
    if (isHistory(plain)) await unpack(join(archive, name), join(to, plain))
  }
}

async function giveTo(path: string, ids: { uid: number; gid: number }): Promise<void> {
  await chown(path, ids.uid, ids.gid)
  if (!(await stat(path)).isDirectory()) return
  for (const name of await readdir(path)) await giveTo(join(path, name), ids)
}

/** The log lies in its place already, so PostgreSQL is told that no other place has any. */
async function replay({ dataDir, until, base }: Recovery): Promise<Date | undefined> {
  const isToTime = until !== undefined && until !== base.reachedAt
  const server = await startEmbedded({
    dir: dataDir,
    recovery: {
      restore_command: 'false',
      // Without it PostgreSQL is ready when its log is at its end, not when it could be read from.
      hot_standby: 'off',
      ...(isToTime ? { recovery_target_time: timestamp(until) } : {}),
      recovery_target_action: 'promote',
    },
  })
  try {
    return await withClient(server.url, async (client) => {
      const { rows } = await client.query<{ at: Date | null }>('select pg_last_xact_replay_timestamp() as at')
      return rows[0]?.at ?? undefined
    })
  } finally {
    await server.stop()
  }
}

/** Its start reads no `Z`: abbreviations of time zones are not loaded by then. */
const timestamp = (time: number): string => `${new Date(time).toISOString().slice(0, -1)}+00`
