import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { databaseBackups } from '../../engines/db/open.ts'
import { openObjectBackup } from '../../engines/object-store/open.ts'
import { systemClock } from '../../kit/clock.ts'
import { StartFailure } from '../../kit/start-failure.ts'
import { command } from '../command.ts'
import { prepareDataDir, RESTORING } from '../data-dir.ts'
import { copyKeyFile } from '../keys.ts'
import { lockDataDir } from '../lock.ts'
import { keepSecret } from '../secret.ts'
import { readSettings } from '../settings.ts'
import { type FullBackup, fingerprintOf, foldersOf, KEY_FILE, listFull } from './full-backups.ts'
import { listedObjects } from './pruning.ts'

const USAGE = `npm run restore -- DIR               the newest that DIR has, into an empty DATA_DIR
npm run restore -- DIR --at TIME     as it was at that time (2026-05-31T18:00:00Z)`
/** Of objects that are missing, so many are named. */
const NAMED = 20

/** `npm run restore -- DIR [--at TIME]`. Answers the exit code. */
export async function restoreCommand(
  env: Record<string, string | undefined>,
  words: readonly string[],
): Promise<number> {
  const [named, flag, time, ...more] = words
  const until = flag === undefined ? undefined : Date.parse(time ?? '')
  const isOdd = flag !== undefined && (flag !== '--at' || Number.isNaN(until))
  if (!named || named.startsWith('--') || isOdd || more.length > 0) {
    console.error(USAGE)
    return 1
  }
  return command(async (stack) => {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    if (settings.databaseUrl)
      throw new StartFailure('npm run restore brings back the embedded PostgreSQL: take DATABASE_URL away.')
    const chosen = await choose(resolve(named), until)
    await checkEmpty(settings.dataDir)
    await prepareDataDir(settings.dataDir)
    stack.use(await lockDataDir(settings.dataDir))
    return await restore({ settings, dir: resolve(named), until, chosen, stack })
  })
}

async function checkEmpty(dataDir: string): Promise<void> {
  const found = await readdir(dataDir).catch(() => [])
  if (found.length > 0)
    throw new StartFailure(
      `${dataDir} is not empty (${found.slice(0, 3).join(', ')} …); move it away first, or set DATA_DIR to an empty directory.`,
    )
}

/** The newest full backup that was whole by then. */
async function choose(dir: string, until: number | undefined): Promise<FullBackup> {
  const all = await listFull(dir)
  const [newest] = all
  if (!newest) throw new StartFailure(`${dir} has no full backup.`)
  if (until === undefined) return newest
  const chosen = all.find(({ manifest }) => manifest.base.reachedAt <= until)
  const earliest = new Date(all.at(-1)?.manifest.base.reachedAt ?? 0).toISOString()
  if (!chosen) throw new StartFailure(`${dir} goes back to ${earliest}, and no further.`)
  const { reachOf } = await databaseBackups()
  const reach = await reachOf({ base: chosen.manifest.base, archive: foldersOf(dir).wal })
  if (until > reach)
    throw new StartFailure(
      `From the backup before that time ${dir} comes up to ${new Date(reach).toISOString()}; name that time or an earlier one.`,
    )
  return chosen
}

interface Asked {
  settings: Config
  dir: string
  until: number | undefined
  chosen: FullBackup
  stack: AsyncDisposableStack
}

/** Until the end `restoring` stands in the data directory, and no server starts on it. */
async function restore({ settings, dir, until, chosen, stack }: Asked): Promise<number> {
  const { dataDir } = settings
  const { path, manifest } = chosen
  const started = performance.now()
  await writeFile(join(dataDir, RESTORING), `${path}\n`, { flush: true })
  const secret = await bringSecret(settings, chosen)
  if (settings.vaultKeys.length === 0) await copyKeyFile(join(path, KEY_FILE), settings.vaultKeyFile)
  const { recoverCluster, reachOf } = await databaseBackups()
  const archive = foldersOf(dir).wal
  const last = await recoverCluster({ backup: path, base: manifest.base, archive, dataDir, until })
  const options = { settings: { ...settings, secret }, clock: systemClock }
  const objects = stack.use(await openObjectBackup(options, foldersOf(dir).objects))
  const brought = await objects.mirror({ from: objects.pool, to: objects.store, keys: objects.pool.keys() })
  let missing = 0
  for await (const { key, sha256 } of listedObjects(path)) {
    const found = await objects.store.head(key)
    if (found && (sha256 === undefined || found.sha256 === undefined || found.sha256 === sha256)) continue
    if (++missing <= NAMED) console.error(`${key}: is not in the backup as it was`)
  }
  await rm(join(dataDir, RESTORING))
  const reached = until ?? (await reachOf({ base: manifest.base, archive }))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Restored as of ${new Date(reached).toISOString()}, in ${seconds} s.`)
  if (last) console.log(`The last change that was replayed is of ${last.toISOString()}.`)
  console.log(`${brought.copied} objects were brought back, ${missing} are missing.`)
  return missing === 0 ? 0 : 1
}

/** With another secret nobody’s session or second step would be good any more, so it has to be the one. */
async function bringSecret(settings: Config, { path, manifest }: FullBackup): Promise<string> {
  const { included, fingerprint } = manifest.secret
  if (included && !settings.secret) {
    const kept = join(settings.dataDir, 'secret')
    await copyFile(join(path, 'secret'), kept)
    return await keepSecret(settings.dataDir)
  }
  const secret = settings.secret || (included ? (await readFile(join(path, 'secret'), 'utf8')).trim() : '')
  if (fingerprintOf(secret) !== fingerprint)
    throw new StartFailure(
      'Set SECRET to what the data were made with: the backup does not have it, or another is set.',
    )
  return secret
}
