import { readyCassandra } from '../engines/cassandra/open.ts'
import { readyDatabase } from '../engines/db/open.ts'
import { readyKafka } from '../engines/kafka/open.ts'
import { readyObjectStore } from '../engines/object-store/open.ts'
import { createLogger } from '../kit/logger.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { lockDataDir } from './lock.ts'
import { readSettings, uploadOrigins } from './settings.ts'

/** `npm run migrate`: what a start does to the database and what stands beside it, without a start. Answers the exit code. */
export async function migrateCommand(env: Record<string, string | undefined>): Promise<number> {
  return command(async (stack) => {
    const config = readSettings(env, Boolean(process.stdout.isTTY))
    await prepareDataDir(config.dataDir)
    if (!config.databaseUrl) stack.use(await lockDataDir(config.dataDir))
    const logger = createLogger({ level: config.logLevel, pretty: config.logPretty })
    const { migrated } = await readyDatabase(config, { logger, stack })
    await readyCassandra(config)
    await readyKafka(config)
    const { done, refused } = await readyObjectStore(config, { origins: uploadOrigins(config), create: true })
    for (const sentence of [...done, ...refused]) console.log(sentence)
    console.log(migrated.length > 0 ? `Applied ${migrated.join(', ')}.` : 'The database is up to date.')
    return 0
  })
}
