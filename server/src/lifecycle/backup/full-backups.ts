import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Base, databaseBackups, type Measured } from '../../engines/db/open.ts'
import { StartFailure } from '../../kit/start-failure.ts'

/**
 * A folder of backups: `full/{time}/` are full ones, whole as soon as they have that name; `wal/` is the database's log since, `objects/` the copies of
 * all of them, by key. `manifest.json` of a full one tells what its files are to be.
 */
export interface Manifest {
  format: 1
  version: string
  /** ISO 8601. */
  made_at: string
  base: Base
  objects: { count: number; bytes: number; list: Measured }
  secret: {
    /** Whether the file `secret` is in the backup. */
    included: boolean
    /** Begins with the hash of the secret that the data were made with. */
    fingerprint: string
  }
}

export interface FullBackup {
  path: string
  manifest: Manifest
}

/** Beside `secret`, where the community has one. */
export const KEY_FILE = 'vault-keys'

/** Hours after which a backup that was cut short is cleared away. */
const ABANDONED_HOURS = 24

export const foldersOf = (dir: string) => ({
  full: join(dir, 'full'),
  wal: join(dir, 'wal'),
  objects: join(dir, 'objects'),
})

/** Of 192 random bits or an owner's own choice; 48 bits of a hash of it give nothing away. */
export const fingerprintOf = (secret: string): string =>
  createHash('sha256').update(`tintype backup ${secret}`).digest('hex').slice(0, 12)

/** Newest first. */
export async function listFull(dir: string): Promise<FullBackup[]> {
  const { full } = foldersOf(dir)
  const names = (await readdir(full).catch(() => [] as string[])).filter((name) => !name.endsWith('.part'))
  const found: FullBackup[] = []
  for (const name of names.sort().reverse()) {
    const path = join(full, name)
    const manifest = await readManifest(path)
    if (manifest) found.push({ path, manifest })
  }
  return found
}

/** Milliseconds since 1970, by its name; undefined where there is none. */
export async function newestFullAt(dir: string): Promise<number | undefined> {
  const names = await readdir(foldersOf(dir).full).catch(() => [] as string[])
  const times = names.flatMap((name) => {
    const [, year, month, day, hour, minute, rest] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)$/.exec(name) ?? []
    return year ? [Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${rest}`)] : []
  })
  return times.length > 0 ? Math.max(...times) : undefined
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  const file = join(path, 'manifest.json')
  if (!existsSync(file)) return undefined
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest
  if (manifest.format !== 1)
    throw new StartFailure(`${path} was made by another version of Tintype (format ${manifest.format}).`)
  return manifest
}

/** A full backup is made beside its name, and takes it when all of it is on disk. */
export async function makeFull(dir: string, fill: (draft: string) => Promise<Manifest>): Promise<FullBackup> {
  const { full } = foldersOf(dir)
  await mkdir(full, { recursive: true, mode: 0o700 })
  await clearAbandoned(full)
  const name = new Date().toISOString().replaceAll(/[-:]/g, '')
  const draft = join(full, `${name}.part`)
  const { writeWhole, syncFolder } = await databaseBackups()
  try {
    await mkdir(draft, { mode: 0o700 })
    const manifest = await fill(draft)
    await writeWhole(join(draft, 'manifest.json'), JSON.stringify(manifest))
    await rename(draft, join(full, name))
    await syncFolder(full)
    return { path: join(full, name), manifest }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function clearAbandoned(full: string): Promise<void> {
  for (const name of await readdir(full)) {
    if (!name.endsWith('.part')) continue
    const age = Date.now() - (await stat(join(full, name))).mtimeMs
    if (age > ABANDONED_HOURS * 3_600_000) await rm(join(full, name), { recursive: true, force: true })
  }
}
