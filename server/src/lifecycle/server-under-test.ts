import { createServer } from 'node:http'
import { sql } from 'kysely'
import { openDb } from '../engines/db/open.ts'
import { StartFailure } from '../kit/start-failure.ts'
import type { BootContext } from './boot.ts'
import { run } from './run.ts'

// Started by server.test.ts as a process of its own: the real lifecycle around a small server that writes down what it is told.

async function boot({ config, logger, peers }: BootContext) {
  if (peers && process.env.WORKERS_FAIL) throw new StartFailure('This one does not work.')
  const db = await openDb({ ...config, databasePool: 2 })
  await sql`create table if not exists notes (text text)`.execute(db.query)
  const answer = async (path: string): Promise<string> => {
    if (path === '/crash') setImmediate(() => JSON.parse('not JSON'))
    if (path.startsWith('/write/')) await sql`insert into notes values (${path.slice(7)})`.execute(db.query)
    if (path === '/log') logger.info('asked')
    if (path === '/who') return `${process.pid} ${peers?.worker ?? 0}`
    if (path === '/hang') for (;;);
    if (path === '/slow') await sql`select pg_sleep(0.3)`.execute(db.query)
    const { rows } = await sql<{ text: string }>`select text from notes order by text`.execute(db.query)
    return rows.map(({ text }) => text).join(' ')
  }
  if (!config.roles.includes('api'))
    return { url: undefined, isSetUp, [Symbol.asyncDispose]: db[Symbol.asyncDispose] }
  const server = createServer(async (request, response) => {
    response.end(await answer(request.url ?? '/').catch((error) => `error: ${error.code}`))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: config.port, host: config.host, reusePort: peers !== undefined }, resolve)
  })
  const address = server.address()
  return {
    url: typeof address === 'object' ? `http://${config.host}:${address?.port}` : undefined,
    isSetUp,
    async [Symbol.asyncDispose]() {
      if (process.env.NEVER_ENDS) await new Promise(() => {})
      await new Promise((resolve) => server.close(resolve))
      await db[Symbol.asyncDispose]()
    },
  }
}

// All is loaded by now, so this user need not be able to read the checkout.
if (process.env.RUN_AS) process.setuid?.(Number(process.env.RUN_AS))
const isSetUp = async () => false
const workers = { program: import.meta.filename, watchEveryMs: Number(process.env.WATCH_EVERY ?? 10_000) }
process.exit(await run({ env: process.env, root: process.env.ROOT ?? '', boot, workers }))
