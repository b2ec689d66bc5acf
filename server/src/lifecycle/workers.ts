import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import { Counter, Gauge, Registry } from 'prom-client'
import type { Config } from '../config.ts'
import type { MetricsReport } from '../gateway/peers.ts'
import type { Logger } from '../kit/logger.ts'
import { StartFailure } from '../kit/start-failure.ts'
import { DRAIN_MS, within } from './ending.ts'
import { type FromWorker, MARK, type ToWorker } from './worker-messages.ts'

export interface WorkersOptions {
  /** What each of them works by: complete, with the one port and their roles. */
  config: Config
  /** The program that a process runs; it comes to `run`. */
  program: string
  logger: Logger
  /** What this process measured, which serves nothing itself. */
  measure(): Promise<MetricsReport>
  /** Milliseconds between two questions whether a process is well. */
  watchEveryMs?: number
}

export interface Workers extends AsyncDisposable {
  /** Where they listen. */
  url: string | undefined
}

/** Milliseconds before a process that ended is started again: the first time, and at most. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 5000
/** Milliseconds after which a process is believed to be well. */
const WELL_AFTER = 30_000
const WATCH_EVERY = 10_000
/**
 * So many questions without an answer, and its event loop stands still: it is killed, for the kernel goes on giving it connections.
 * Counted, not timed, so that a machine that slept loses nobody.
 */
const UNANSWERED = 3
/** Milliseconds a process has to say what it measured. */
const MEASURE_PATIENCE = 1000

/**
 * Starts `config.workers` processes and resolves when all serve; throws StartFailure when one cannot. Each is started again when it
 * ends, sooner or later as it ends rarely or often. Disposing lets their requests end.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  cluster.setupPrimary({ exec: options.program, args: [] })
  const pool = new WorkerPool(options)
  try {
    return Object.assign(pool, { url: await pool.start() })
  } catch (error) {
    await pool[Symbol.asyncDispose]()
    throw error
  }
}

interface Ended {
  pid: number | undefined
  code: number
  signal: string | null
  /** What it said of it. */
  reason: string | undefined
}

/** starting -> serving -> ended -> (a pause) -> starting …; none is started any more once `#stopping` is aborted. */
class WorkerPool implements AsyncDisposable {
  readonly #options: WorkersOptions
  readonly #stopping = new AbortController()
  /** With the number of questions that were not answered; undefined until it serves. */
  readonly #living = new Map<Worker, number | undefined>()
  readonly #watch: NodeJS.Timeout
  readonly #places: Promise<void>[] = []
  readonly #registry = new Registry()
  readonly #restarts: Counter
  readonly #asked = new Map<number, (report: MetricsReport | undefined) => void>()
  #askId = 0

  constructor(options: WorkersOptions) {
    this.#options = options
    this.#watch = setInterval(() => this.#askAll(), options.watchEveryMs ?? WATCH_EVERY)
    const registers = [this.#registry]
    const living = this.#living
    this.#restarts = new Counter({
      name: 'tintype_worker_restarts_total',
      help: 'Processes that serve, ended and were started again',
      registers,
    })
    new Gauge({
      name: 'tintype_workers',
      help: 'Processes that serve',
      registers,
      collect() {
        this.set([...living.values()].filter((unanswered) => unanswered !== undefined).length)
      },
    })
  }

  async start(): Promise<string | undefined> {
    const serving = Array.from({ length: this.#options.config.workers }, (_, index) => {
      const first = Promise.withResolvers<string | undefined>()
      this.#places.push(this.#keep(index + 1, first))
      return first.promise
    })
    return (await Promise.all(serving))[0]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#watch)
    for (const worker of this.#living.keys()) send(worker, { type: 'stop' })
    // They cut off by themselves what does not end.
    if (await within(DRAIN_MS + 1000, Promise.all(this.#places))) return
    for (const worker of this.#living.keys()) worker.process.kill('SIGKILL')
    await Promise.all(this.#places)
  }

  /** One place among the workers, whatever process has it. `first` is settled by the first one. */
  async #keep(number: number, first: PromiseWithResolvers<string | undefined>): Promise<void> {
    const { logger } = this.#options
    const { signal } = this.#stopping
    let wait = FIRST_PAUSE
    let isFirst = true
    for (let began = performance.now(); ; began = performance.now()) {
      const { serving, ended } = this.#launch(number)
      serving.then(first.resolve, first.reject)
      const hasServed = await serving.then(
        () => true,
        () => false,
      )
      const end = await ended
      // Where the first one cannot serve, the whole start fails.
      if (signal.aborted || (isFirst && !hasServed)) return
      isFirst = false
      logger.error({ worker: number, ...end }, 'a process that serves has ended and is started again')
      if (performance.now() - began > WELL_AFTER) wait = FIRST_PAUSE
      await pause(wait, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      wait = Math.min(LONGEST_PAUSE, wait * 2)
      this.#restarts.inc()
    }
  }

  /** One process, from its start to its end. */
  #launch(number: number): { serving: Promise<string | undefined>; ended: Promise<Ended> } {
    const worker = cluster.fork({ [MARK]: String(number) })
    const { pid } = worker.process
    const serving = Promise.withResolvers<string | undefined>()
    const ended = Promise.withResolvers<Ended>()
    let reason: string | undefined
    this.#living.set(worker, undefined)
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'here') this.#brief(worker, number)
      else if (message.type === 'serving') {
        this.#living.set(worker, 0)
        serving.resolve(message.url)
      } else if (message.type === 'failed') reason = message.reason
      else if (message.type === 'well') this.#living.set(worker, 0)
      else if (message.type === 'measured') this.#asked.get(message.id)?.(message.report)
      else void this.#measureAll(worker, message.id)
    })
    const end = (code: number, signal: string | null) => {
      this.#living.delete(worker)
      const how =
        reason ?? `One of the processes of WORKERS ended at its start (${signal ?? `code ${code}`}).`
      serving.reject(new StartFailure(how))
      ended.resolve({ pid, code, signal, reason })
    }
    // What it said last may still be on its way.
    worker.on('exit', (code, signal) => {
      if (worker.isConnected()) worker.once('disconnect', () => end(code, signal))
      else end(code, signal)
    })
    worker.on('error', (error) => {
      reason ??= error.message
      if (pid === undefined) end(-1, null)
    })
    return { serving: serving.promise, ended: ended.promise }
  }

  #askAll(): void {
    for (const [worker, unanswered] of this.#living) {
      if (unanswered === undefined) continue
      if (unanswered < UNANSWERED) {
        this.#living.set(worker, unanswered + 1)
        send(worker, { type: 'are you well' })
        continue
      }
      this.#options.logger.error(
        { pid: worker.process.pid },
        'a process that serves does not answer and is killed',
      )
      worker.process.kill('SIGKILL')
    }
  }

  /** It may come up while all are told to end. */
  #brief(worker: Worker, number: number): void {
    const isLate = this.#stopping.signal.aborted
    send(worker, isLate ? { type: 'stop' } : { type: 'begin', config: this.#options.config, worker: number })
  }

  async #measureAll(asking: Worker, id: number): Promise<void> {
    const others = [...this.#living.keys()].filter((worker) => worker !== asking)
    const reports = await Promise.all([
      this.#options.measure().catch(() => undefined),
      this.#registry.getMetricsAsJSON(),
      ...others.map((worker) => this.#measureOne(worker)),
    ])
    send(asking, { type: 'measured by all', id, reports: reports.filter((report) => report !== undefined) })
  }

  /** Undefined for one that does not answer. */
  async #measureOne(worker: Worker): Promise<MetricsReport | undefined> {
    const id = ++this.#askId
    const { promise, resolve } = Promise.withResolvers<MetricsReport | undefined>()
    const impatience = setTimeout(resolve, MEASURE_PATIENCE, undefined)
    this.#asked.set(id, resolve)
    send(worker, { type: 'measure', id })
    const report = await promise
    clearTimeout(impatience)
    this.#asked.delete(id)
    return report
  }
}

/** To one that is about to end it need not come. */
function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {})
}
