import type { Config } from '../config.ts'
import { readyCassandra } from '../engines/cassandra/open.ts'
import { readyDatabase } from '../engines/db/open.ts'
import { readyKafka } from '../engines/kafka/open.ts'
import { readyObjectStore } from '../engines/object-store/open.ts'
import { createLogger } from '../kit/logger.ts'
import { StartFailure } from '../kit/start-failure.ts'
import { createVault, type Vault } from '../kit/vault.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { keepKeys } from './keys.ts'
import { lockDataDir } from './lock.ts'
import { hasSecret } from './secret.ts'
import { readSettings, uploadOrigins } from './settings.ts'

/** `npm run migrate`: what a start does to the database and what stands beside it, without a start. Answers the exit code. */
export async function migrateCommand(env: Record<string, string | undefined>): Promise<number> {
  return command(async (stack) => {
    const config = readSettings(env, Boolean(process.stdout.isTTY))
    await prepareDataDir(config.dataDir)
    if (!config.databaseUrl) stack.use(await lockDataDir(config.dataDir))
    const logger = createLogger({ level: config.logLevel, pretty: config.logPretty })
    const vault = await vaultOf(config)
    const { migrated } = await readyDatabase(config, { logger, stack, vault })
    await readyCassandra(config)
    await readyKafka(config)
    const { done, refused } = await readyObjectStore(config, { origins: uploadOrigins(config), create: true })
    for (const sentence of [...done, ...refused]) console.log(sentence)
    console.log(migrated.length > 0 ? `Applied ${migrated.join(', ')}.` : 'The database is up to date.')
    return 0
  })
}

/** A secret that is made up here would be another than that of the servers, whose database this is. */
async function vaultOf(config: Config): Promise<() => Vault> {
  if (config.databaseUrl && !config.secret && !(await hasSecret(config.dataDir)))
    return () => {
      throw new StartFailure('What is to be sealed needs the key that the servers have: set SECRET.')
    }
  const { secret, vaultKeys } = await keepKeys(config)
  return () => createVault(secret, vaultKeys)
}
