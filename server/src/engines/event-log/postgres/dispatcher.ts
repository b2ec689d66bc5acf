import { TintypeError } from '@tintype/contract'
import { backoffMs } from '../../../kit/retry.ts'
import type { Consumer, Event } from '../port.ts'
import type { Task } from './rows.ts'
import type { Rush } from './rush.ts'

/** Where the dispatcher tells what became of tasks. None of it may throw. */
export interface Outlet {
  /** Handled. */
  settle(task: Task): void
  /** Failed; its key waits until `dueAt`. */
  park(task: Task, dueAt: number, error: unknown): void
  /** Has to wait behind a parked one of its key; forgotten here. */
  spill(task: Task, written: () => void): void
  /** Failed for the last time. */
  bury(task: Task, error: unknown): void
  /** Wants the next parked events of a key, by `loaded`, once all that was spilled before is written. */
  load(queue: KeyQueue): void
}

/**
 * The events of one key, one after the other:
 *
 *   ready -> running -> (handled: ready again, or gone when empty) | (failed: waiting -> ready)
 *   empty, but more of the key is parked: loading -> ready
 *
 * While `more` is set, later events of the key are in the database, so new ones go there too, behind them.
 */
export interface KeyQueue {
  readonly key: string
  readonly share: number
  state: 'ready' | 'running' | 'waiting' | 'loading' | 'gone'
  tasks: Task[]
  more: boolean
  /** Spilled, but not yet known to be written. */
  spilling: number
  /** More was parked while the queue was being loaded. */
  isStale: boolean
  timer: NodeJS.Timeout | undefined
}

export interface DispatcherOptions {
  retryBaseMs: number
  retryMaxMs: number
  /** Shared by all groups of the process. */
  rush: Rush
}

const MAX_ATTEMPTS = 10
/** Milliseconds between two looks at most whether what an event needs is back. */
const AWAY_MS = 30_000
/** So often a batch waits whole for what is away, before it is looked for one event that keeps it away. */
const WHOLE = 5
/** Keys that wait at the same time before no more is read: something is wrong with more than an event. */
const MAX_WAITING_KEYS = 10_000

/** Runs one group's handlers in this process: keys side by side, events of a key in order. Knows no database. */
export class Dispatcher {
  readonly #consumer: Consumer
  readonly #outlet: Outlet
  readonly #options: DispatcherOptions
  readonly #queues = new Map<string, KeyQueue>()
  readonly #slots: number
  readonly #roomFor: number
  #ready: KeyQueue[] = []
  #running = 0
  #waiting = 0
  /** Tasks in memory, those of waiting keys left out. */
  #held = 0
  #signal: AbortSignal
  #wakeRoom: (() => void)[] = []
  #wakeQuiet: (() => void)[] = []
  /** See `Worker`. */
  lateSince: number | undefined
  #restsUntil = 0
  #resting: NodeJS.Timeout | undefined

  constructor(consumer: Consumer, outlet: Outlet, options: DispatcherOptions, signal: AbortSignal) {
    this.#consumer = consumer
    this.#outlet = outlet
    this.#options = options
    this.#signal = signal
    this.#slots = 'handleBatch' in consumer ? 1 : (consumer.concurrency ?? 8)
    this.#roomFor = Math.max(500, 'handleBatch' in consumer ? 4 * consumer.batch : 0)
    options.rush.join(this, consumer.urgency)
  }

  /** Nothing is queued, running, waiting or known to be parked. */
  get isEmpty(): boolean {
    return this.#queues.size === 0 && this.#running === 0
  }

  /** Resolves when there is room for more tasks. */
  async room(): Promise<void> {
    while (!this.#hasRoom) await new Promise<void>((resolve) => this.#wakeRoom.push(resolve))
  }

  get #hasRoom(): boolean {
    return this.#signal.aborted || (this.#held < this.#roomFor && this.#waiting < MAX_WAITING_KEYS)
  }

  add(task: Task): void {
    const queue = this.#queues.get(task.row.key)
    if (queue === undefined) this.#makeReady(this.#open(task.row.key, task.row.share, [task]))
    else if (queue.more || queue.state === 'waiting') this.#spill(queue, task)
    else queue.tasks.push(task)
    if (queue === undefined || !queue.more) this.#held++
  }

  /** Makes a parked key known: whatever comes for it waits until the key is due and has been loaded. */
  addParked(key: string, share: number, dueAt: number): void {
    const known = this.#queues.get(key)
    if (known !== undefined) {
      known.more = true
      known.isStale = known.state === 'loading'
      return
    }
    const queue = this.#open(key, share, [])
    queue.more = true
    this.#wait(queue, dueAt, () => this.#load(queue))
  }

  /** The answer to `load`: up to so many parked events, and whether there may be more. */
  loaded(queue: KeyQueue, tasks: Task[], more: boolean): void {
    if (queue.state !== 'loading') return
    queue.tasks = tasks
    queue.more = more || queue.isStale || queue.spilling > 0
    queue.isStale = false
    this.#held += tasks.length
    this.#goOn(queue)
    this.#pump()
  }

  /** Forgets what is not running, of one share or of all; resolves once what is running has ended. */
  async drop(share?: number): Promise<void> {
    for (const queue of this.#queues.values()) {
      if (share !== undefined && queue.share !== share) continue
      this.#close(queue)
    }
    this.#ready = this.#ready.filter((queue) => queue.state === 'ready')
    if (this.#ready.length === 0) this.lateSince = undefined
    this.#tellRoom()
    const isQuiet = () => (share === undefined ? this.#running === 0 : !this.#runningShares.has(share))
    while (!isQuiet()) await new Promise<void>((resolve) => this.#wakeQuiet.push(resolve))
  }

  /** Goes on with another signal after a `drop` of everything. */
  restart(signal: AbortSignal): void {
    this.#signal = signal
  }

  readonly #runningShares = new Map<number, number>()

  #open(key: string, share: number, tasks: Task[]): KeyQueue {
    const queue: KeyQueue = {
      key,
      share,
      state: 'ready',
      tasks,
      more: false,
      spilling: 0,
      isStale: false,
      timer: undefined,
    }
    this.#queues.set(key, queue)
    return queue
  }

  #close(queue: KeyQueue): void {
    clearTimeout(queue.timer)
    if (queue.state === 'waiting') this.#waiting--
    else this.#held -= queue.tasks.length
    if (this.#queues.get(queue.key) === queue) this.#queues.delete(queue.key)
    queue.state = 'gone'
    queue.tasks = []
  }

  #makeReady(queue: KeyQueue): void {
    queue.state = 'ready'
    this.#ready.push(queue)
    this.#pump()
  }

  #spill(queue: KeyQueue, task: Task): void {
    queue.more = true
    queue.spilling++
    this.#outlet.spill(task, () => {
      queue.spilling--
    })
  }

  #load(queue: KeyQueue): void {
    queue.state = 'loading'
    this.#outlet.load(queue)
  }

  #wait(queue: KeyQueue, dueAt: number, then: () => void): void {
    queue.state = 'waiting'
    this.#waiting++
    queue.timer = setTimeout(
      () => {
        this.#waiting--
        queue.state = 'ready'
        then()
        this.#tellRoom()
      },
      Math.max(0, dueAt - Date.now()),
    )
  }

  #pump(): void {
    while (
      this.#running < this.#slots &&
      this.#ready.length > 0 &&
      !this.#signal.aborted &&
      this.#mayBegin()
    ) {
      this.#running++
      if ('handleBatch' in this.#consumer) void this.#runBatch(this.#consumer)
      else void this.#runOne(this.#consumer)
    }
    this.lateSince = this.#ready.length > 0 ? (this.lateSince ?? performance.now()) : undefined
  }

  #mayBegin(): boolean {
    const { rush } = this.#options
    if (!rush.isOn(this.#consumer.urgency)) return true
    if (this.#running > 0) return false
    const rest = this.#restsUntil - performance.now()
    if (rest > 0) {
      this.#resting ??= setTimeout(() => {
        this.#resting = undefined
        this.#pump()
      }, rest)
      return false
    }
    this.#restsUntil = performance.now() + rush.restMs
    return true
  }

  #begin(queue: KeyQueue): void {
    queue.state = 'running'
    this.#runningShares.set(queue.share, (this.#runningShares.get(queue.share) ?? 0) + 1)
  }

  #end(queue: KeyQueue): void {
    const left = (this.#runningShares.get(queue.share) ?? 1) - 1
    if (left === 0) this.#runningShares.delete(queue.share)
    else this.#runningShares.set(queue.share, left)
    if (queue.state === 'running') this.#goOn(queue)
  }

  /** After a handler: the slot is free, the queue where it belongs. */
  #finish(): void {
    this.#running--
    this.#tellRoom()
    for (const wake of this.#wakeQuiet.splice(0)) wake()
    this.#pump()
  }

  #goOn(queue: KeyQueue): void {
    if (queue.tasks.length > 0) {
      queue.state = 'ready'
      this.#ready.push(queue)
    } else if (queue.more) this.#load(queue)
    else this.#close(queue)
  }

  #tellRoom(): void {
    if (this.#wakeRoom.length > 0 && this.#hasRoom) for (const wake of this.#wakeRoom.splice(0)) wake()
  }

  async #runOne(consumer: Extract<Consumer, { handle: unknown }>): Promise<void> {
    const queue = this.#ready.shift() as KeyQueue
    const task = queue.tasks[0] as Task
    const signal = this.#signal
    this.#begin(queue)
    try {
      await consumer.handle(eventOf(task), signal)
      this.#succeed(queue, task)
    } catch (error) {
      if (!signal.aborted) this.#fail(queue, task, error)
    }
    this.#end(queue)
    this.#finish()
  }

  async #runBatch(consumer: Extract<Consumer, { handleBatch: unknown }>): Promise<void> {
    const queues = new Map<string, KeyQueue>()
    const tasks: Task[] = []
    while (tasks.length < consumer.batch && this.#ready.length > 0) {
      const queue = this.#ready.shift() as KeyQueue
      queues.set(queue.key, queue)
      this.#begin(queue)
      tasks.push(...queue.tasks.slice(0, consumer.batch - tasks.length))
    }
    await this.#tryBatch(consumer, queues, tasks, this.#signal)
    for (const queue of queues.values()) this.#end(queue)
    this.#finish()
  }

  /**
   * A batch that fails is halved until the event that spoils it stands alone; the others do not count an attempt. What is `unavailable` is no
   * event's fault: all of them wait; but after some waits whoever can do without it is found.
   */
  async #tryBatch(
    consumer: Extract<Consumer, { handleBatch: unknown }>,
    queues: Map<string, KeyQueue>,
    tasks: Task[],
    signal: AbortSignal,
  ): Promise<void> {
    const queueOf = (task: Task) => queues.get(task.row.key) as KeyQueue
    const able = tasks.filter((task) => queueOf(task).state === 'running')
    if (able.length === 0 || signal.aborted) return
    try {
      await consumer.handleBatch(able.map(eventOf), signal)
      for (const task of able) this.#succeed(queueOf(task), task)
    } catch (error) {
      if (signal.aborted) return
      const [first] = able
      if (able.length === 1 && first !== undefined) return this.#fail(queueOf(first), first, error)
      if (isAway(error) && able.every(({ waits = 0 }) => waits < WHOLE)) {
        // What stands behind the first of a key waits with it.
        for (const task of able) if (queueOf(task).state === 'running') this.#fail(queueOf(task), task, error)
        return
      }
      const middle = Math.ceil(able.length / 2)
      await this.#tryBatch(consumer, queues, able.slice(0, middle), signal)
      await this.#tryBatch(consumer, queues, able.slice(middle), signal)
    }
  }

  /** Milliseconds to the next try; undefined where there is none. */
  #countAttempt(task: Task): number | undefined {
    task.attempts++
    if (task.attempts >= (this.#consumer.maxAttempts ?? MAX_ATTEMPTS)) return undefined
    return this.#pauseAfter(task.attempts)
  }

  /** The same where what it needs is away, for however long. */
  #waitOnce(task: Task): number {
    task.waits = (task.waits ?? 0) + 1
    return Math.min(AWAY_MS, this.#pauseAfter(task.waits))
  }

  #pauseAfter(failures: number): number {
    return backoffMs(failures, this.#options.retryBaseMs, this.#options.retryMaxMs)
  }

  #succeed(queue: KeyQueue, task: Task): void {
    if (queue.state === 'running') this.#shift(queue)
    this.#outlet.settle(task)
  }

  #shift(queue: KeyQueue): void {
    queue.tasks.shift()
    this.#held--
  }

  #fail(queue: KeyQueue, task: Task, error: unknown): void {
    const pause = isAway(error) ? this.#waitOnce(task) : this.#countAttempt(task)
    if (pause === undefined) {
      if (queue.state === 'running') this.#shift(queue)
      this.#outlet.bury(task, error)
      return
    }
    const dueAt = Date.now() + pause
    this.#outlet.park(task, dueAt, error)
    if (queue.state !== 'running') return
    this.#held -= queue.tasks.length
    const [, ...behind] = queue.tasks
    queue.tasks = [task]
    for (const other of behind) {
      if (other.parked) queue.more = true
      else this.#spill(queue, other)
    }
    this.#wait(queue, dueAt, () => {
      this.#held++
      this.#makeReady(queue)
    })
  }
}

const isAway = (error: unknown): boolean => error instanceof TintypeError && error.code === 'unavailable'

const eventOf = ({ row, attempts }: Task): Event =>
  ({
    id: String(row.seq),
    type: row.type,
    key: row.key,
    payload: row.payload,
    at: row.at,
    attempt: attempts + 1,
  }) as Event
