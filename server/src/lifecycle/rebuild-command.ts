import type { Config } from '../config.ts'
import { readyDatabase, runningDatabase } from '../engines/db/open.ts'
import { createLogger } from '../kit/logger.ts'
import type { Rebuild } from '../modules/module.ts'
import type { BootContext } from './boot.ts'
import { prepareDataDir } from './data-dir.ts'
import { AlreadyRunning, lockDataDir } from './lock.ts'
import { keepSecret } from './secret.ts'
import { describeFailure, readSettings } from './settings.ts'

interface Rebuilding extends AsyncDisposable {
  rebuilds: readonly Rebuild[]
}

/**
 * `npm run rebuild -- <names>`: makes derived data anew from what it is derived of, also while a server runs on the same data. Without
 * names it says which there are. Answers the exit code.
 */
export async function rebuildCommand(
  env: Record<string, string | undefined>,
  names: readonly string[],
  open: (context: BootContext) => Promise<Rebuilding>,
): Promise<number> {
  const stack = new AsyncDisposableStack()
  try {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    const logger = createLogger({ level: settings.logLevel, pretty: settings.logPretty })
    await prepareDataDir(settings.dataDir)
    const databaseUrl = await findDatabase(settings, { logger, stack })
    const secret = settings.secret || (await keepSecret(settings.dataDir))
    const { rebuilds } = stack.use(await open({ config: { ...settings, databaseUrl, secret }, logger }))
    const unknown = names.filter((name) => !rebuilds.some((rebuild) => rebuild.name === name))
    if (names.length === 0 || unknown.length > 0) {
      const known = rebuilds.map((rebuild) => rebuild.name).join(', ')
      console.error(
        `${unknown.length > 0 ? `There is no ${unknown.join(', ')}. ` : ''}Name what to rebuild: ${known}.`,
      )
      return 1
    }
    for (const rebuild of rebuilds) {
      if (!names.includes(rebuild.name)) continue
      console.log(`${rebuild.name}: ${await rebuild.run(new AbortController().signal)} rebuilt.`)
    }
    return 0
  } catch (error) {
    console.error(describeFailure(error))
    return 1
  } finally {
    await stack.disposeAsync()
  }
}

async function findDatabase(
  settings: Config,
  { logger, stack }: Pick<BootContext, 'logger'> & { stack: AsyncDisposableStack },
): Promise<string> {
  try {
    if (!settings.databaseUrl) stack.use(await lockDataDir(settings.dataDir))
  } catch (error) {
    if (error instanceof AlreadyRunning) return await runningDatabase(settings.dataDir)
    throw error
  }
  return (await readyDatabase(settings, { logger, stack })).url
}
