import type { Config } from '../config.ts'
import { createLogger, type Logger } from '../kit/logger.ts'
import { StartFailure } from '../kit/start-failure.ts'
import { banner } from './banner.ts'
import { prepareDataDir } from './data-dir.ts'
import { type Database, openDatabase } from './database.ts'
import { checkPort, explainListening } from './listening.ts'
import { type DataDirLock, lockDataDir } from './lock.ts'
import { keepSecret } from './secret.ts'
import { describeFailure, readSettings } from './settings.ts'
import { stopSignal } from './signals.ts'
import { ensureWebApp } from './web-build.ts'

/** The asked roles at work. Disposing drains them, stops them and closes the engines. */
export interface Running extends AsyncDisposable {
  /** Where the API role listens. */
  url: string | undefined
  /** Whether the owner's account exists. */
  isSetUp(): Promise<boolean>
}

export interface BootContext {
  /** Complete: with the secret, and the URL of a database that is migrated. */
  config: Config
  logger: Logger
}

export interface RunOptions {
  env: Record<string, string | undefined>
  /** The checkout. */
  root: string
  /** Builds the system and starts its roles; cleans up after itself when it fails. */
  boot(context: BootContext): Promise<Running>
}

/** Roles let their work end and cut off what takes too long; one that does not is left behind, for the database must be closed. */
const drainMs = 15_000

/**
 * A server's whole life: settings, the data directory and its lock, the database and the web app's build side by side, the roles;
 * then, when asked to end, all of it in reverse. Answers the process's exit code; says why on stderr when it is not 0.
 */
export async function run(options: RunOptions): Promise<number> {
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
  const servesHttp = settings.roles.includes('api')
  if (servesHttp) await checkPort(settings.host, settings.port)
  const failed = new AbortController()
  const [database, webDir] = await bothOr(failed, [
    openDatabase(settings, { logger, stack }),
    servesHttp ? webApp(settings, options.root, AbortSignal.any([signal, failed.signal])) : '',
  ])
  life.abandon = database.abandon
  signal.throwIfAborted()
  const secret = settings.secret || (await keepSecret(settings.dataDir))
  const config = Object.freeze({ ...settings, secret, webDir, databaseUrl: database.url })
  const running = await options.boot({ config, logger }).catch((error) => {
    throw explainListening(error, config.host, config.port)
  })
  stack.defer(() => within(drainMs, running[Symbol.asyncDispose]()))
  await lock?.tell(running.url)
  const { url } = running
  console.log(banner({ config, url, cluster: database.cluster, isSetUp: await running.isSetUp() }))
  return database
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

/** Both results, or the first failure once neither is under way any more. */
async function bothOr<A, B>(failed: AbortController, work: [Promise<A>, Promise<B> | B]): Promise<[A, B]> {
  for (const each of work) Promise.resolve(each).catch((error) => failed.abort(error))
  const [first, second] = await Promise.allSettled(work)
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  throw failed.signal.reason
}

async function lost({ ended, logFile }: Database): Promise<never> {
  await ended
  throw new StartFailure(`PostgreSQL ended and could not be started again; see ${logFile}.`)
}

/** Rejects at a mistake in the code: nothing is certain any more, so the process ends, in order. */
function crash(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  process.on('uncaughtException', reject)
  promise.catch(() => {})
  return promise
}

async function within(milliseconds: number, work: PromiseLike<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
