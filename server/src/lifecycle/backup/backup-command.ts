import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../config.ts'
import { type Base, databaseBackups, placeOfCluster } from '../../engines/db/open.ts'
import { type ObjectBackup, openObjectBackup } from '../../engines/object-store/open.ts'
import { systemClock } from '../../kit/clock.ts'
import { createLogger } from '../../kit/logger.ts'
import { StartFailure } from '../../kit/start-failure.ts'
import { version } from '../../kit/version.ts'
import { command } from '../command.ts'
import { prepareDataDir } from '../data-dir.ts'
import { copyKeyFile, keepKeys } from '../keys.ts'
import { readSettings } from '../settings.ts'
import { findDatabase } from '../with-system.ts'
import { fingerprintOf, foldersOf, KEY_FILE, type Manifest, makeFull } from './full-backups.ts'
import { prune } from './pruning.ts'

const USAGE = `npm run backup -- DIR                    a full backup into DIR (BACKUP_DIR unless named), also while a server runs
npm run backup -- DIR --without-secret   without the secret and the keys of DATA_DIR, which you then keep elsewhere`

/** `npm run backup -- DIR`. Answers the exit code. */
export async function backupCommand(
  env: Record<string, string | undefined>,
  words: readonly string[],
): Promise<number> {
  const flags = words.filter((word) => word.startsWith('--'))
  const [named = env.BACKUP_DIR ?? '', ...more] = words.filter((word) => !word.startsWith('--'))
  if (!named || more.length > 0 || flags.some((flag) => flag !== '--without-secret')) {
    console.error(USAGE)
    return 1
  }
  return command(async (stack) => {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    if (settings.databaseUrl)
      throw new StartFailure(
        'npm run backup is for the embedded PostgreSQL; docs/operations.md tells how a DATABASE_URL is backed up.',
      )
    await prepareDataDir(settings.dataDir)
    await backUp({ settings, dir: resolve(named), withSecret: flags.length === 0, stack })
    return 0
  })
}

interface Asked {
  settings: Config
  dir: string
  withSecret: boolean
  stack: AsyncDisposableStack
}

async function backUp({ settings, dir, withSecret, stack }: Asked): Promise<void> {
  const logger = createLogger({ level: settings.logLevel, pretty: settings.logPretty })
  const url = await findDatabase(settings, { logger, stack })
  const { secret } = await keepKeys(settings)
  const options = { settings: { ...settings, secret }, clock: systemClock }
  const objects = stack.use(await openObjectBackup(options, foldersOf(dir).objects))
  const cluster = await placeOfCluster(settings.dataDir)
  const include = withSecret && !settings.secret
  const { path, manifest } = await makeFull(dir, async (draft) => {
    // Most of the objects are copied before the database, so that what comes after it, which must not lack any, is short.
    await objects.mirror({ from: objects.store, to: objects.pool, keys: objects.store.keys() })
    const { copyCluster } = await databaseBackups()
    const base = await copyCluster({ url, cluster, target: draft })
    await readAgain(draft, base)
    const listed = await listObjects(objects, draft)
    if (include) await writeFile(join(draft, 'secret'), `${secret}\n`, { mode: 0o600, flush: true })
    if (withSecret && settings.vaultKeys.length === 0)
      await copyKeyFile(settings.vaultKeyFile, join(draft, KEY_FILE))
    return {
      format: 1,
      version,
      made_at: new Date().toISOString(),
      base,
      objects: listed,
      secret: { included: include, fingerprint: fingerprintOf(secret) },
    }
  })
  const pruned = await prune(dir, objects, settings.backups.keptDays)
  report(path, manifest, pruned)
}

/** A disk that does not give back what it was given is found out now, not when there is nothing else left. */
async function readAgain(draft: string, { files, wal }: Base): Promise<void> {
  const { measurePacked } = await databaseBackups()
  const all = [
    ...files.map((file) => ({ ...file, at: join(draft, 'database', `${file.path}.zst`) })),
    ...wal.map((file) => ({ ...file, at: join(draft, 'wal', `${file.path}.zst`) })),
  ]
  for (const { at, size, sha256 } of all) {
    const read = await measurePacked(at)
    if (read.size !== size || read.sha256 !== sha256)
      throw new StartFailure(`${at} does not hold what was written: the disk is damaged.`)
  }
}

/** Brings the copies up to date, and writes down which there are. */
async function listObjects(
  { store, pool, mirror }: ObjectBackup,
  draft: string,
): Promise<Manifest['objects']> {
  const { pack } = await databaseBackups()
  const plain = join(draft, 'objects.jsonl')
  const lines = new PassThrough()
  const written = pipeline(lines, createWriteStream(plain, { mode: 0o600 }))
  let bytes = 0
  const { seen } = await mirror({
    from: store,
    to: pool,
    keys: store.keys(),
    async onObject({ key, size, sha256 }) {
      bytes += size
      if (!lines.write(`${JSON.stringify({ key, size, sha256 })}\n`)) await once(lines, 'drain')
    },
  })
  lines.end()
  await written
  const list = await pack(plain, `${plain}.zst`)
  await rm(plain)
  return { count: seen, bytes, list }
}

function report(path: string, { base, objects, secret }: Manifest, pruned: number): void {
  const size = base.files.reduce((sum, file) => sum + file.size, 0)
  console.log(`${path} is a full backup of ${new Date(base.reachedAt).toISOString()}:`)
  console.log(`  ${base.files.length} files of the database (${megabytes(size)} MB before they were packed)`)
  console.log(`  ${objects.count} objects (${megabytes(objects.bytes)} MB)`)
  console.log(
    secret.included
      ? '  the secret: whoever reads the backup can log in as anybody'
      : '  without the secret and the key file: keep them elsewhere, or everybody logs in anew, and no address or second step can be read',
  )
  if (pruned > 0) console.log(`${pruned} older ones were deleted.`)
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
