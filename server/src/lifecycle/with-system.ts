import type { Config } from '../config.ts'
import { readyDatabase, runningDatabase } from '../engines/db/open.ts'
import { createLogger } from '../kit/logger.ts'
import { createVault } from '../kit/vault.ts'
import type { BootContext } from './boot.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { keepKeys } from './keys.ts'
import { AlreadyRunning, lockDataDir } from './lock.ts'
import { readSettings } from './settings.ts'

export type OpenSystem<Opened extends AsyncDisposable> = (context: BootContext) => Promise<Opened>

/** For commands that work on the community's data, also while a server runs on them. Answers the exit code. */
export async function withSystem<Opened extends AsyncDisposable>(
  env: Record<string, string | undefined>,
  open: OpenSystem<Opened>,
  work: (system: Opened) => Promise<number>,
): Promise<number> {
  return command(async (stack) => {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    const logger = createLogger({ level: settings.logLevel, pretty: settings.logPretty })
    await prepareDataDir(settings.dataDir)
    const databaseUrl = await findDatabase(settings, { logger, stack })
    const config = { ...settings, ...(await keepKeys(settings)), databaseUrl }
    return await work(stack.use(await open({ config, logger })))
  })
}

/** Its URL: that of the settings, of a server that runs on the data directory, or of one started now. */
export async function findDatabase(
  settings: Config,
  { logger, stack }: Pick<BootContext, 'logger'> & { stack: AsyncDisposableStack },
): Promise<string> {
  try {
    if (!settings.databaseUrl) stack.use(await lockDataDir(settings.dataDir))
  } catch (error) {
    if (error instanceof AlreadyRunning) return await runningDatabase(settings.dataDir)
    throw error
  }
  const { secret, vaultKeys } = await keepKeys(settings)
  return (await readyDatabase(settings, { logger, stack, vault: () => createVault(secret, vaultKeys) })).url
}
