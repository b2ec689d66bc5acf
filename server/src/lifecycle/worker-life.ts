import cluster from 'node:cluster'
import { createLogger } from '../kit/logger.ts'
import type { RunOptions } from './boot.ts'
import { crash, DRAIN_MS, within } from './ending.ts'
import { explainListening } from './listening.ts'
import { describeFailure } from './settings.ts'
import { type FromWorker, MARK, type ToWorker } from './worker-messages.ts'
import { WorkerPeers } from './worker-peers.ts'

/** Whether this process is one of WORKERS, started by the first one. */
export const isWorker = (): boolean => cluster.isWorker && process.env[MARK] !== undefined

type Begin = ToWorker & { type: 'begin' }

/**
 * The life of a process that serves beside others: it is told everything, boots its roles, and ends when it is told to or by SIGTERM,
 * letting requests end. It asks for no lock and migrates nothing. When the first process is gone, so is this one at once:
 * node:cluster ends it as the channel closes, and whoever starts next finds the port free. Answers the exit code.
 */
export async function workerLife({ boot }: Pick<RunOptions, 'boot'>): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // A terminal sends these to all processes in it; the first one passes them on as it sees fit.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  const crashed = crash()
  const { begin, stop, onMessage } = orders()
  await tell({ type: 'here' })
  const briefing = await Promise.race([begin, stop])
  if (!briefing) return 0
  const { config, worker } = briefing
  try {
    const logger = createLogger({ level: config.logLevel, pretty: config.logPretty }).child({ worker })
    const peers = new WorkerPeers(worker, tell)
    onMessage((message) => peers.hear(message))
    const running = await Promise.race([boot({ config, logger, peers }), crashed])
    await tell({ type: 'serving', url: running.url })
    await Promise.race([stop, crashed])
    await within(DRAIN_MS, running[Symbol.asyncDispose]())
    return 0
  } catch (error) {
    await tell({ type: 'failed', reason: describeFailure(explainListening(error, config.host, config.port)) })
    return 1
  }
}

function orders() {
  const begin = Promise.withResolvers<Begin>()
  const stop = Promise.withResolvers<void>()
  let other: (message: ToWorker) => Promise<void> = async () => {}
  process.on('SIGTERM', () => stop.resolve())
  process.on('message', (message: ToWorker) => {
    if (message.type === 'begin') begin.resolve(message)
    else if (message.type === 'stop') stop.resolve()
    else if (message.type === 'are you well') void tell({ type: 'well' })
    else other(message).catch(() => {})
  })
  return {
    begin: begin.promise,
    stop: stop.promise,
    onMessage(handle: typeof other) {
      other = handle
    },
  }
}

/** What cannot be told any more need not be. */
function tell(message: FromWorker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(message, undefined, undefined, () => resolve())
  return promise
}
