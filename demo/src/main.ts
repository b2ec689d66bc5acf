import { join, resolve } from 'node:path'
import { roleNames } from '@tintype/server/config'
import { processReport } from '@tintype/server/gateway/metrics'
import { FakeClock, systemClock } from '@tintype/server/kit/clock'
import { createLogger } from '@tintype/server/kit/logger'
import type { BootContext, Running } from '@tintype/server/lifecycle/boot'
import { prepareDataDir } from '@tintype/server/lifecycle/data-dir'
import { run } from '@tintype/server/lifecycle/run'
import { describeFailure } from '@tintype/server/lifecycle/settings'
import { startRoles } from '@tintype/server/roles/index'
import { createSystem } from '@tintype/server/wiring'
import { PASSWORD } from './account.ts'
import { members } from './community/index.ts'
import { fill } from './fill.ts'
import { discard, readState, writeState } from './state.ts'

const root = join(import.meta.dirname, '../..')
const dataDir = resolve(process.env.DATA_DIR?.trim() || join(root, '.tintype-demo'))

/** Fills the community where it is not there yet, on a port and a clock of its own; then starts the server as always. */
async function boot(context: BootContext): Promise<Running> {
  if ((await readState(dataDir)) !== 'ready') await fillOnce(context)
  const system = await createSystem(context.config, { clock: systemClock, logger: context.logger })
  const roles = await startRoles(system, context.config.roles, context.peers)
  console.log(
    `Log in as ${GUEST}, or as ${members[0]?.username}, who owns the place; everyone’s password: ${PASSWORD}\n`,
  )
  return {
    url: roles.url,
    isSetUp: system.isSetUp,
    measure: processReport,
    async [Symbol.asyncDispose]() {
      await roles[Symbol.asyncDispose]()
      await system[Symbol.asyncDispose]()
    },
  }
}

const DAY = 86_400
/** Whose eyes a visitor of the demo is offered. */
const GUEST = 'marta.fells'

async function fillOnce({ config }: BootContext): Promise<void> {
  console.log('Filling the demo community, once; this takes a minute or two …')
  const started = performance.now()
  const now = Date.now()
  const clock = new FakeClock(now - 30 * DAY * 1000)
  // Weeks pass in a minute: nobody is to log in anew for it, and nobody is too quick.
  const own = {
    ...config,
    host: '127.0.0.1',
    port: 0,
    publicUrl: '',
    accessTokenTtl: 60 * DAY,
    refreshTokenTtl: 60 * DAY,
    rateLimitMultiplier: 0,
    // All in one process, however many serve it afterwards.
    workers: 1,
    roles: roleNames,
  }
  await using stack = new AsyncDisposableStack()
  const system = stack.use(
    await createSystem(own, { clock, logger: createLogger({ level: 'warn', pretty: config.logPretty }) }),
  )
  const { url = '' } = stack.use(await startRoles(system))
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  await fill({ baseUrl: url, clock, now, onProgress: tell, signal: interrupted.signal })
  await system.engines.events.drain()
  await writeState(dataDir, 'ready')
  console.log(`Filled in ${Math.round((performance.now() - started) / 1000)} s.`)
}

/** One line that counts up at a terminal, a line now and then elsewhere. */
function tell(posts: number, of: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r  ${posts} of ${of} posts${posts === of ? '\n' : ''}`)
  else if (posts % 30 === 0) console.log(`  ${posts} of ${of} posts`)
}

try {
  await prepareDataDir(dataDir)
  const state = await readState(dataDir)
  if (state === 'filling') await discard(dataDir)
  if (state !== 'ready') await writeState(dataDir, 'filling')
  process.exitCode = await run({ env: { ...process.env, DATA_DIR: dataDir }, root, boot })
} catch (error) {
  console.error(describeFailure(error))
  process.exitCode = 1
}
process.exit()
