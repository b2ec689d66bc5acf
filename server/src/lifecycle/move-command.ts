import { setTimeout } from 'node:timers/promises'
import { openCassandraConnection, readyCassandra } from '../engines/cassandra/open.ts'
import { openDb } from '../engines/db/open.ts'
import { openMessageMove } from '../engines/message-store/open.ts'
import { createLogger } from '../kit/logger.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { readSettings } from './settings.ts'
import { findDatabase } from './with-system.ts'

const USAGE = `npm run move -- messages --to cassandra   brings what was said in conversations into Cassandra
npm run move -- messages --to postgres    and back`
/** Until every process has seen that messages are moved, and what it began before has ended. */
const NOTICE_MS = 60_000
/** Conversations between two lines about how far it is. */
const LINE_EVERY = 1000

/** `npm run move -- messages`: from one store into another, beside servers that write. Answers the exit code. */
export async function moveCommand(
  env: Record<string, string | undefined>,
  words: readonly string[],
): Promise<number> {
  const [what, flag, to, ...more] = words
  if (
    what !== 'messages' ||
    flag !== '--to' ||
    (to !== 'cassandra' && to !== 'postgres') ||
    more.length > 0
  ) {
    console.error(USAGE)
    return 1
  }
  return command(async (stack) => {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    const logger = createLogger({ level: settings.logLevel, pretty: settings.logPretty })
    await prepareDataDir(settings.dataDir)
    const databaseUrl = await findDatabase(settings, { logger, stack })
    await readyCassandra(settings)
    const db = stack.use(await openDb({ ...settings, databaseUrl }))
    const cassandra = await openCassandraConnection(settings)
    if (!cassandra) {
      console.error('Set CASSANDRA_CONTACT_POINTS, as the servers have it.')
      return 1
    }
    stack.use(cassandra)
    const move = stack.use(await openMessageMove(db, cassandra))
    console.log(`Within ${NOTICE_MS / 1000} seconds all servers know of it.`)
    const { conversations, messages } = await move.run({
      to,
      noticed: () => setTimeout(NOTICE_MS),
      signal: new AbortController().signal,
      onProgress({ conversations, messages }) {
        if (conversations % LINE_EVERY === 0)
          console.log(`${conversations} conversations moved, with ${messages} messages.`)
      },
    })
    console.log(`${conversations} conversations moved, with ${messages} messages. All of them lie in ${to}.`)
    return 0
  })
}
