import type { Config } from '../config.ts'
import { startEmbedded } from '../engines/db/embedded.ts'
import { migrate } from '../engines/db/migrate.ts'
import type { Logger } from '../kit/logger.ts'
import { StartFailure } from '../kit/start-failure.ts'

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

/** The database that the settings name, or the embedded one, migrated. `stack` stops what was started. Throws StartFailure. */
export async function openDatabase(
  config: Config,
  { logger, stack }: { logger: Logger; stack: AsyncDisposableStack },
): Promise<Database> {
  const { databaseUrl } = config
  if (databaseUrl)
    return {
      url: databaseUrl,
      cluster: undefined,
      logFile: undefined,
      migrated: await migrateExternal(databaseUrl),
      ended: new Promise(() => {}),
      abandon: () => {},
    }
  const server = await startEmbedded({
    dir: config.dataDir,
    onRestart: () => logger.error('PostgreSQL ended by itself and is started again'),
  })
  stack.defer(() => server.stop())
  const { url, cluster, logFile, ended } = server
  const abandon = () => process.kill(server.pid, 'SIGQUIT')
  return { url, cluster, logFile, migrated: await migrate(url), ended, abandon }
}

async function migrateExternal(url: string): Promise<string[]> {
  try {
    return await migrate(url)
  } catch (error) {
    if (error instanceof StartFailure) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartFailure(`The database of DATABASE_URL cannot be used: ${reason}.`, error)
  }
}
