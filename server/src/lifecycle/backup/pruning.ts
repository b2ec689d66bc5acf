import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createZstdDecompress } from 'node:zlib'
import { databaseBackups } from '../../engines/db/open.ts'
import type { ObjectBackup } from '../../engines/object-store/open.ts'
import { type FullBackup, foldersOf, listFull } from './full-backups.ts'

export interface ListedObject {
  key: string
  size: number
  sha256: string
}

/** The objects of a full backup, one to a line. */
export async function* listedObjects(backup: string): AsyncGenerator<ListedObject> {
  const packed = createReadStream(join(backup, 'objects.jsonl.zst')).pipe(createZstdDecompress())
  for await (const line of createInterface({ input: packed })) yield JSON.parse(line) as ListedObject
}

/** Deletes full backups that are too old, except for the newest, then log and objects that none of the others needs. Answers how many. */
export async function prune(dir: string, objects: ObjectBackup, keptDays: number): Promise<number> {
  const all = await listFull(dir)
  const isOld = ({ manifest }: FullBackup) =>
    Date.now() - Date.parse(manifest.made_at) > keptDays * 86_400_000
  const old = all.slice(1).filter(isOld)
  for (const { path } of old) await rm(path, { recursive: true, force: true })
  const kept = all.filter((each) => !old.includes(each))
  await pruneLog(foldersOf(dir).wal, kept)
  await pruneObjects(objects, kept)
  return old.length
}

async function pruneLog(wal: string, kept: readonly FullBackup[]): Promise<void> {
  const { numberOf, isSegment } = await databaseBackups()
  const first = Math.min(...kept.map(({ manifest }) => numberOf(manifest.base.startSegment)))
  for (const name of await readdir(wal).catch(() => [] as string[])) {
    const segment = name.slice(0, 24)
    if (isSegment(segment) && numberOf(segment) < first) await rm(join(wal, name), { force: true })
  }
}

/** What the community has no more is kept while a backup names it, or a moment since the oldest one may: it came and went between two. */
async function pruneObjects({ store, pool }: ObjectBackup, kept: readonly FullBackup[]): Promise<void> {
  const gone = new Set<string>()
  for await (const key of pool.keys()) if (!(await store.head(key))) gone.add(key)
  if (gone.size === 0) return
  for (const { path } of kept) for await (const { key } of listedObjects(path)) gone.delete(key)
  const oldest = Math.min(...kept.map(({ manifest }) => manifest.base.reachedAt))
  for (const key of gone) if ((await pool.writtenAt(key)) < oldest) await pool.delete([key])
}
