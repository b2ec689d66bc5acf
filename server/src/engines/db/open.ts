import { join, resolve } from 'node:path'
import type { Logger } from '../../kit/logger.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import { StartFailure } from '../../kit/start-failure.ts'
import type { Vault } from '../../kit/vault.ts'
import type { EngineReach } from '../reach.ts'
import type { PostgresDb } from './port.ts'
import { BESIDE_POOL } from './postgres/connections.ts'
import { migrate } from './postgres/migrate.ts'

type Settings = ReturnType<typeof databaseSettings>

export const databaseSettings = (read: SettingsReader) => ({
  /** A PostgreSQL of one's own; empty: one that Tintype starts in DATA_DIR. */
  databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
  databasePool: read.integer('DATABASE_POOL', 10, 2, 200),
  /** Servers that follow the one of DATABASE_URL, for what may be read late. */
  replicas: replicaSettings(read),
  backups: backupSettings(read),
})

function backupSettings(read: SettingsReader) {
  const dir = read.text('BACKUP_DIR', '')
  return Object.freeze({
    /** Where what changes is copied to all the time; empty: nowhere. */
    dir: dir && resolve(dir),
    everyMs: 1000 * read.integer('BACKUP_SECONDS', 60, 1, 3600),
    /** Older full backups are deleted when a new one is made, with the log and the objects that only they need. */
    keptDays: read.integer('BACKUP_KEEP_DAYS', 30, 1, 3650),
  })
}

function replicaSettings(read: SettingsReader) {
  const urls = read.words('DATABASE_REPLICA_URLS')
  if (urls.some((url) => !/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url)))
    read.mistakes.push('DATABASE_REPLICA_URLS must be of the form postgres://host/name, separated by commas.')
  const mostLag = read.integer('DATABASE_REPLICA_LAG_MS', 1000, 10, 60_000)
  return Object.freeze({ urls, mostLag })
}

export const databaseReach = ({ databaseUrl }: Settings): EngineReach =>
  databaseUrl
    ? { reach: 'cluster', adapter: 'PostgreSQL' }
    : { reach: 'server', adapter: 'the embedded PostgreSQL', further: 'set DATABASE_URL' }

/** Of the embedded PostgreSQL's 200, less what it and a person who looks into it keep. */
const CONNECTIONS = 190
/** Beside its pool a process has those of the handle, and one that reads the event log. */
const BESIDE = BESIDE_POOL.readers + BESIDE_POOL.listener + BESIDE_POOL.engines + 1

export function databaseMistakes({
  workers,
  databaseUrl,
  databasePool,
  backups,
  dataDir,
}: Settings & { workers: number; dataDir: string }): string[] {
  if (backups.dir && databaseUrl)
    return [
      'BACKUP_DIR is for the embedded PostgreSQL; docs/operations.md tells how a DATABASE_URL is backed up.',
    ]
  if (`${backups.dir}/`.startsWith(`${dataDir}/`))
    return ['BACKUP_DIR must lie outside of DATA_DIR, which it is there to outlive.']
  const connections = (workers + 1) * (databasePool + BESIDE)
  if (workers === 1 || databaseUrl || connections <= CONNECTIONS) return []
  const most = Math.floor(CONNECTIONS / (workers + 1)) - BESIDE
  return [
    `WORKERS is ${workers} and DATABASE_POOL ${databasePool}, which makes ${connections} connections, but the embedded PostgreSQL takes ${CONNECTIONS}; set DATABASE_POOL to ${most} at most.`,
  ]
}

/** A handle on the database that the settings name; it is there by now (see readyDatabase). */
export async function openDb({ databaseUrl, databasePool, replicas }: Settings): Promise<PostgresDb> {
  const { openPostgres } = await import('./postgres/db.ts')
  return openPostgres({ url: databaseUrl, pool: databasePool, replicas })
}

/** A database that is there and migrated. */
export interface Database {
  url: string
  /** Of the embedded PostgreSQL; undefined where DATABASE_URL names another. */
  cluster: string | undefined
  logFile: string | undefined
  /** Names of the migrations applied just now. */
  migrated: string[]
  /** Resolves when the embedded PostgreSQL has ended for good. */
  ended: Promise<void>
  /** Ends the embedded PostgreSQL at once; it recovers at the next start. */
  abandon(): void
}

/** That of a server which runs on the data directory. Rejects where none does. */
export async function runningDatabase(dataDir: string): Promise<string> {
  const { urlOfRunning } = await import('./embedded/running.ts')
  return urlOfRunning(dataDir)
}

/** The database that the settings name, or the embedded one, migrated. `stack` stops what was started. Throws StartFailure. */
export async function readyDatabase(
  { databaseUrl, dataDir }: Settings & { dataDir: string },
  {
    logger,
    stack,
    vault,
  }: { logger: Pick<Logger, 'error'>; stack: AsyncDisposableStack; vault: () => Vault },
): Promise<Database> {
  if (databaseUrl)
    return {
      url: databaseUrl,
      cluster: undefined,
      logFile: undefined,
      migrated: await migrateExternal(databaseUrl, vault),
      ended: new Promise(() => {}),
      abandon: () => {},
    }
  const { startEmbedded } = await import('./embedded/embedded.ts')
  const server = await startEmbedded({
    dir: dataDir,
    onRestart: () => logger.error('PostgreSQL ended by itself and is started again'),
  })
  stack.defer(() => server.stop())
  const { url, cluster, logFile, ended } = server
  const abandon = () => process.kill(server.pid, 'SIGQUIT')
  return { url, cluster, logFile, migrated: await migrate(url, { vault }), ended, abandon }
}

async function migrateExternal(url: string, vault: () => Vault): Promise<string[]> {
  try {
    return await migrate(url, { vault })
  } catch (error) {
    if (error instanceof StartFailure) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartFailure(`The database of DATABASE_URL cannot be used: ${reason}.`, error)
  }
}

export type { Base } from './backup/base.ts'
export type { Measured } from './backup/packed-file.ts'

/** How the embedded database is copied, its log taken away, and both put back. */
export const databaseBackups = async () => ({
  ...(await import('./backup/base.ts')),
  ...(await import('./backup/archiver.ts')),
  ...(await import('./backup/recover.ts')),
  ...(await import('./backup/segments.ts')),
  ...(await import('./backup/packed-file.ts')),
})

/** Where the cluster of a data directory lies. */
export async function placeOfCluster(dataDir: string): Promise<string> {
  const { existingCluster } = await import('./embedded/place.ts')
  return (await existingCluster(dataDir)) ?? join(dataDir, 'postgres')
}
