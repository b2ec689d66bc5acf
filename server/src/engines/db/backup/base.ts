import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { withClient } from '../postgres/client.ts'
import { type Measured, pack } from './packed-file.ts'
import { numberAt, numberOf } from './segments.ts'

export interface PackedFile extends Measured {
  /** Below the cluster. */
  path: string
}

export interface Base {
  files: PackedFile[]
  folders: string[]
  /** The log that makes the copy whole begins in this segment. */
  startSegment: string
  wal: PackedFile[]
  /** Milliseconds since 1970: all that was acknowledged before is in it. */
  reachedAt: number
}

/** Folders whose files belong to the process that runs, and files that do. */
const emptied =
  /^(pg_wal|pg_dynshmem|pg_notify|pg_replslot|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)(\/|$)/
const skipped =
  /(^|\/)(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|pg_internal\.init[^/]*|pgsql_tmp[^/]*|[^/]*\.signal|\.s\.PGSQL[^/]*)(\/|$)/
const CONTROL = 'global/pg_control'

/**
 * Copies the files of a cluster that runs, packed, into `target`. They do not belong to one instant; the log from before to after, copied as
 * well, makes them one at the start. A slot of this connection keeps that log from being recycled, and goes with it.
 */
export async function copyCluster(options: { url: string; cluster: string; target: string }): Promise<Base> {
  const { url, cluster, target } = options
  return await withClient(url, async (client) => {
    const slot = `backup_${randomBytes(6).toString('hex')}`
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
    const begun = await one<{ segment: string }>(
      client,
      `select pg_walfile_name(pg_backup_start('tintype', true)) as segment`,
    )
    const { files, folders } = await copyFiles(cluster, join(target, 'database'))
    const { at } = await one<{ at: Date }>(client, 'select clock_timestamp() as at')
    const ended = await one<{ lsn: string; labelfile: string }>(
      client,
      'select lsn::text, labelfile from pg_backup_stop(false)',
    )
    await writeFile(join(target, 'backup_label'), ended.labelfile, { mode: 0o600, flush: true })
    const range = { first: begun.segment, last: numberAt(ended.lsn) }
    const wal = await copyLog(join(cluster, 'pg_wal'), join(target, 'wal'), range)
    return { files, folders, startSegment: begun.segment, wal, reachedAt: at.getTime() }
  })
}

async function one<Row extends object>(client: Client, statement: string): Promise<Row> {
  const { rows } = await client.query<Row>(statement)
  if (!rows[0]) throw new Error('PostgreSQL answers nothing.')
  return rows[0]
}

async function copyFiles(cluster: string, target: string): Promise<Pick<Base, 'files' | 'folders'>> {
  const files: PackedFile[] = []
  const folders: string[] = []
  await mkdir(target, { mode: 0o700 })
  const copyFolder = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(cluster, folder), { withFileTypes: true }).catch(noneIfGone)) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (skipped.test(path)) continue
      if (entry.isDirectory()) {
        folders.push(path)
        await mkdir(join(target, path), { mode: 0o700 })
        if (!emptied.test(path) || path === 'pg_wal') await copyFolder(path)
      } else if (entry.isFile() && path !== CONTROL && !emptied.test(path))
        await copyFile(cluster, target, path).then((file) => file && files.push(file))
    }
  }
  await copyFolder('')
  // Last, as PostgreSQL asks for it.
  const control = await copyFile(cluster, target, CONTROL)
  if (!control) throw new Error(`${cluster} has no ${CONTROL}.`)
  return { files: [...files, control], folders }
}

/** Undefined where it went meanwhile: the log tells that as well. */
async function copyFile(cluster: string, target: string, path: string): Promise<PackedFile | undefined> {
  const measured = await pack(join(cluster, path), `${join(target, path)}.zst`).catch(undefinedIfGone)
  return measured && { path, ...measured }
}

async function copyLog(
  from: string,
  to: string,
  { first, last }: { first: string; last: number },
): Promise<PackedFile[]> {
  await mkdir(to, { mode: 0o700 })
  const copied: PackedFile[] = []
  const wanted = (name: string) =>
    name >= first && name.startsWith(first.slice(0, 8)) && numberOf(name) <= last
  for (const name of (await readdir(from)).sort())
    if (name.endsWith('.history') || (name.length === 24 && wanted(name)))
      copied.push({ path: name, ...(await pack(join(from, name), join(to, `${name}.zst`))) })
  return copied
}

export const readLabel = (backup: string): Promise<string> => readFile(join(backup, 'backup_label'), 'utf8')

function noneIfGone(error: unknown): [] {
  undefinedIfGone(error)
  return []
}

function undefinedIfGone(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
