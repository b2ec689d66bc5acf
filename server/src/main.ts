import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { codeCache } from './kit/code-cache.ts'
import type { BootContext, Running } from './lifecycle/boot.ts'

/**
 * How fast the space for new objects grows. While modules load nearly all that is new stays, so V8 would enlarge it to its bound and keep
 * it so: 30 MB of a process at rest. It may grow once there is traffic, which is what it is for; to half its usual bound (see `npm start`), from where on more
 * would only cost memory.
 */
const growNewSpace = (factor: 1 | 2) => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

growNewSpace(1)
// Left alone V8 has a heap this small grow fourfold before it collects the old part: what a rush of first visits leaves behind would stay, 200 MB of it.
setFlagsFromString('--heap-growing-percent=100')
enableCompileCache(codeCache)
const root = join(import.meta.dirname, '../..')
const [command, ...names] = process.argv.slice(2)
const commands: Record<string, () => Promise<number>> = {
  backup,
  migrate,
  move,
  rebuild,
  restore,
  'rotate-keys': rotateKeys,
  storage,
  'verify-audit': verifyAudit,
}
process.exit(await (commands[command ?? ''] ?? serve)())

async function migrate(): Promise<number> {
  const { migrateCommand } = await import('./lifecycle/migrate-command.ts')
  return await migrateCommand(process.env)
}

async function rebuild(): Promise<number> {
  const [{ rebuildCommand }, { createSystem }, { systemClock }] = await Promise.all([
    import('./lifecycle/rebuild-command.ts'),
    import('./wiring.ts'),
    import('./kit/clock.ts'),
  ])
  return await rebuildCommand(process.env, names, ({ config, logger }) =>
    createSystem(config, { clock: systemClock, logger }),
  )
}

async function storage(): Promise<number> {
  const { storageCommand } = await import('./lifecycle/storage-command.ts')
  return await storageCommand(process.env, names)
}

async function move(): Promise<number> {
  const { moveCommand } = await import('./lifecycle/move-command.ts')
  return await moveCommand(process.env, names)
}

async function backup(): Promise<number> {
  const { backupCommand } = await import('./lifecycle/backup/backup-command.ts')
  return await backupCommand(process.env, names)
}

async function restore(): Promise<number> {
  const { restoreCommand } = await import('./lifecycle/backup/restore-command.ts')
  return await restoreCommand(process.env, names)
}

async function rotateKeys(): Promise<number> {
  const [{ rotateKeysCommand }, { createSystem }, { systemClock }] = await Promise.all([
    import('./lifecycle/rotate-keys-command.ts'),
    import('./wiring.ts'),
    import('./kit/clock.ts'),
  ])
  return await rotateKeysCommand(process.env, names, ({ config, logger }) =>
    createSystem(config, { clock: systemClock, logger }),
  )
}

async function verifyAudit(): Promise<number> {
  const [{ verifyAuditCommand }, { createSystem }, { systemClock }] = await Promise.all([
    import('./lifecycle/verify-audit-command.ts'),
    import('./wiring.ts'),
    import('./kit/clock.ts'),
  ])
  return await verifyAuditCommand(process.env, ({ config, logger }) =>
    createSystem(config, { clock: systemClock, logger }),
  )
}

/** The system itself is loaded once the database is there: a start that is refused is refused at once. */
async function serve(): Promise<number> {
  const { run } = await import('./lifecycle/run.ts')
  return await run({ env: process.env, root, boot })
}

async function boot({ config, logger, peers }: BootContext): Promise<Running> {
  const [{ createSystem }, { startRoles }, { systemClock }, { processReport }] = await Promise.all([
    import('./wiring.ts'),
    import('./roles/index.ts'),
    import('./kit/clock.ts'),
    import('./gateway/metrics.ts'),
  ])
  await using starting = new AsyncDisposableStack()
  const system = starting.use(await createSystem(config, { clock: systemClock, logger }))
  const { url } = starting.use(await startRoles(system, config.roles, peers))
  const started = starting.move()
  growNewSpace(2)
  return {
    url,
    isSetUp: system.isSetUp,
    measure: processReport,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
