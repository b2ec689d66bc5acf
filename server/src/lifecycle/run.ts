import type { Config } from '../config.ts'
import { readyCassandra } from '../engines/cassandra/open.ts'
import { type Database, readyDatabase } from '../engines/db/open.ts'
import { readyKafka } from '../engines/kafka/open.ts'
import { readyObjectStore } from '../engines/object-store/open.ts'
import { createLogger } from '../kit/logger.ts'
import { StartFailure } from '../kit/start-failure.ts'
import { createVault } from '../kit/vault.ts'
import { startArchiving } from './backup/archiving.ts'
import { banner } from './banner.ts'
import type { RunOptions } from './boot.ts'
import { prepareDataDir } from './data-dir.ts'
import { bothOr, crash } from './ending.ts'
import { keepKeys } from './keys.ts'
import { checkPort } from './listening.ts'
import { type DataDirLock, lockDataDir } from './lock.ts'
import { serveAlone, serveBeside, servesHttp } from './serving.ts'
import { describeFailure, readSettings, uploadOrigins } from './settings.ts'
import { stopSignal } from './signals.ts'
import { ensureWebApp } from './web-build.ts'
import { isWorker, workerLife } from './worker-life.ts'

/** Milliseconds that processes left by a server that was killed may take to leave the port. */
const LEAVING_MS = 2000

/**
 * A server's whole life: settings, the data directory and its lock, the database and the web app's build side by side, the roles;
 * then, when asked to end, all of it in reverse. Answers the process's exit code; says why on stderr when it is not 0.
 */
export async function run(options: RunOptions): Promise<number> {
  if (isWorker()) return await workerLife(options)
  const stack = new AsyncDisposableStack()
  const stopping = new AbortController()
  const life = { stack, signal: stopping.signal, abandon: () => {} }
  const asked = stopSignal(() => {
    life.abandon()
    process.exit(1)
  })
  asked.then(() => stopping.abort())
  const crashed = crash()
  // A terminal that was closed takes no more lines; that is no reason to break off.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    const config = readSettings(options.env, Boolean(process.stdout.isTTY))
    const database = await Promise.race([start(config, options, life), crashed])
    await Promise.race([asked, lost(database), crashed])
  } catch (error) {
    if (!stopping.signal.aborted) return await end(stack, error)
  }
  console.log('Stopping.')
  return await end(stack)
}

async function end(stack: AsyncDisposableStack, reason?: unknown): Promise<number> {
  if (reason !== undefined) console.error(describeFailure(reason))
  try {
    await stack.disposeAsync()
    return reason === undefined ? 0 : 1
  } catch (error) {
    console.error(describeFailure(error))
    return 1
  }
}

interface Life {
  stack: AsyncDisposableStack
  /** Aborted when the process is asked to end: what has not begun by then does not. */
  signal: AbortSignal
  /** Leaves at once what cannot be left behind. */
  abandon(): void
}

/** Resolves when the server serves. */
async function start(settings: Config, options: RunOptions, life: Life): Promise<Database> {
  const { stack, signal } = life
  const logger = createLogger({ level: settings.logLevel, pretty: settings.logPretty })
  await prepareDataDir(settings.dataDir)
  // What the server writes is for itself. (As root the directory lets PostgreSQL's own account pass, so its modes alone would not do.)
  process.umask(0o077)
  const lock = await takeLock(settings, stack)
  const port = servesHttp(settings) ? await findPort(settings) : settings.port
  const keys = await keepKeys(settings)
  const failed = new AbortController()
  const [database, webDir] = await bothOr(failed, [
    readyDatabase(settings, { logger, stack, vault: () => createVault(keys.secret, keys.vaultKeys) }),
    settings.roles.includes('api') && settings.isWhole
      ? webApp(settings, options.root, AbortSignal.any([signal, failed.signal]))
      : '',
  ])
  life.abandon = database.abandon
  signal.throwIfAborted()
  await readyCassandra(settings)
  await readyKafka(settings)
  const { refused } = await readyObjectStore(settings, { origins: uploadOrigins(settings), create: false })
  for (const sentence of refused) logger.warn(sentence)
  const config = Object.freeze({ ...settings, ...keys, port, webDir, databaseUrl: database.url })
  const { url: databaseUrl, cluster } = database
  if (config.backups.dir && cluster)
    stack.use(await startArchiving({ config, logger, url: databaseUrl, cluster }))
  const serve = config.workers > 1 ? serveBeside : serveAlone
  const { url, isSetUp } = await serve({ config, logger }, options, stack)
  await lock?.tell(url)
  // It serves by now: a database that is slow to answer costs a line of the greeting, and no more.
  const isKnown = await isSetUp().catch(() => true)
  console.log(banner({ config, url, cluster: database.cluster, isSetUp: isKnown }))
  return database
}

/** Several processes must know beforehand which port it is that they share. */
async function findPort({ host, port, workers }: Config): Promise<number> {
  if (workers === 1) return port === 0 ? port : await checkPort(host, port)
  return await checkPort(host, port, LEAVING_MS)
}

/** An external database may be shared by processes with one role each, whose files are in one data directory. */
async function takeLock(config: Config, stack: AsyncDisposableStack): Promise<DataDirLock | undefined> {
  return config.databaseUrl ? undefined : stack.use(await lockDataDir(config.dataDir))
}

async function webApp(config: Config, root: string, signal: AbortSignal): Promise<string> {
  if (config.webDir) return config.webDir
  return await ensureWebApp({
    root,
    dataDir: config.dataDir,
    signal,
    onBuild: () => console.log('Building the web app, once; this takes a moment …'),
  })
}

async function lost({ ended, logFile }: Database): Promise<never> {
  await ended
  throw new StartFailure(`PostgreSQL ended and could not be started again; see ${logFile}.`)
}
