import { join } from 'node:path'
import { systemClock } from './kit/clock.ts'
import { migrateCommand } from './lifecycle/migrate-command.ts'
import { type BootContext, type Running, run } from './lifecycle/run.ts'
import { startRoles } from './roles/index.ts'
import { createSystem } from './wiring.ts'

async function boot({ config, logger }: BootContext): Promise<Running> {
  await using starting = new AsyncDisposableStack()
  const system = starting.use(await createSystem(config, { clock: systemClock, logger }))
  const { url } = starting.use(await startRoles(system))
  const started = starting.move()
  return {
    url,
    isSetUp: system.isSetUp,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

const root = join(import.meta.dirname, '../..')
process.exit(
  process.argv[2] === 'migrate'
    ? await migrateCommand(process.env)
    : await run({ env: process.env, root, boot }),
)
