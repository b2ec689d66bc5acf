import type { Consumer } from '../port.ts'
import { Dispatcher, type DispatcherOptions, type KeyQueue, type Outlet } from './dispatcher.ts'
import type { Changes, DeadTask, ParkedTask, Position, Task } from './rows.ts'
import { type ReaderHost, type ReaderSource, ShareReader } from './share-reader.ts'

export interface GroupDeps extends DispatcherOptions {
  source: ReaderSource
  /** Something is to be written soon. */
  touch(): void
  onReadError(error: unknown): void
  onHandlerError(failure: { task: Task; error: unknown; isLast: boolean }): void
}

/** What `collect` gives to be written, and what to do when it is. */
export interface Collected {
  changes: Changes
  loads: KeyQueue[]
  written(): void
  /** Not written: to be collected again. */
  restore(): void
}

/** What takes part in the log in this process: its shares are divided between all processes that are in it. */
export interface Member {
  readonly id: number
  /** By the shares that are here. */
  readonly readers: ReadonlyMap<number, unknown>
  /** One process at a time has all of its shares. */
  readonly isWhole: boolean
  readonly isFree: boolean
  readonly isIdle: boolean
  readonly hasOpen: boolean
  start(share: number, position: Position, parked: readonly { key: string; dueAt: number }[]): void
  stop(share: number): Promise<void>
  stopAll(): Promise<void>
  /** A share that was stopped is somebody else's from now on. */
  forget(share: number): void
  lose(share: number): void
  loseAll(): void
  addParked(share: number, key: string, dueAt: number): void
  collect(now: number, all: boolean): Collected | undefined
  /** The answers to `Collected.loads`. */
  load(queue: KeyQueue): void
  loaded(queue: KeyQueue, tasks: Task[], limit: number): void
}

/** One group in this process: the readers of its shares, its handlers, and what of it is not written yet. */
export class Group implements Outlet, Member {
  readonly id: number
  readonly isWhole = false
  readonly consumer: Consumer
  readonly readers = new Map<number, ShareReader>()
  readonly #deps: GroupDeps
  readonly #dispatcher: Dispatcher
  readonly #host: ReaderHost
  #abort = new AbortController()
  #park: ParkedTask[] = []
  #retry: ParkedTask[] = []
  #bury: DeadTask[] = []
  #unpark: Task[] = []
  #loads: KeyQueue[] = []
  #ending = 0

  constructor(id: number, consumer: Consumer, deps: GroupDeps) {
    this.id = id
    this.consumer = consumer
    this.#deps = deps
    this.#dispatcher = new Dispatcher(consumer, this, deps, this.#abort.signal)
    this.#host = {
      types: new Set(consumer.types),
      room: () => this.#dispatcher.room(),
      take: (tasks) => {
        for (const task of tasks) this.#dispatcher.add(task)
      },
      touch: deps.touch,
      onError: deps.onReadError,
    }
  }

  /** Everything this process knows of has been handled, in the shares that are its own. */
  get isIdle(): boolean {
    return this.#dispatcher.isEmpty && [...this.readers.values()].every((reader) => reader.isAtFrontier)
  }

  /** Begins a share; `parked` are the keys that wait in the database. */
  start(share: number, position: Position, parked: readonly { key: string; dueAt: number }[]): void {
    const reader = new ShareReader(share, position, this.#deps.source, this.#host)
    this.readers.set(share, reader)
    for (const { key, dueAt } of parked) this.#dispatcher.addParked(key, share, dueAt)
    void reader.run()
  }

  /** Replayed events wait in the database. */
  addParked(share: number, key: string, dueAt: number): void {
    if (this.readers.has(share)) this.#dispatcher.addParked(key, share, dueAt)
  }

  /** Ends a share in order; what it has settled is to be written before it is given away. */
  async stop(share: number): Promise<void> {
    const reader = this.readers.get(share)
    reader?.stop()
    await this.#dispatcher.drop(share)
    reader?.end()
  }

  forget(share: number): void {
    this.readers.get(share)?.stop()
    this.readers.delete(share)
  }

  /** Ends everything in order, telling handlers to come to an end. */
  async stopAll(): Promise<void> {
    for (const reader of this.readers.values()) reader.stop()
    this.#abort.abort()
    await this.#dispatcher.drop()
    for (const reader of this.readers.values()) reader.end()
  }

  /** Another process has the share, or may have: nothing of it is to be written any more. */
  lose(share: number): void {
    this.readers.get(share)?.stop()
    this.readers.delete(share)
    this.#end(this.#dispatcher.drop(share))
  }

  /** The same for all shares, and handlers are told to come to an end. */
  loseAll(): void {
    for (const share of [...this.readers.keys()]) this.lose(share)
    this.#abort.abort()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.#end(this.#dispatcher.drop().then(() => this.#dispatcher.restart(signal)))
  }

  /** No handler of a lost share runs any more, so that no key can be handled twice at once in this process. */
  get isFree(): boolean {
    return this.#ending === 0
  }

  collect(now: number, all: boolean): Collected | undefined {
    const cursors = new Map<number, Position>()
    for (const reader of this.readers.values()) {
      const position = reader.advance(now, all, (task) => this.#parkNow(task))
      if (position !== undefined) cursors.set(reader.share, position)
    }
    const taken = this.#takeLists()
    for (const { row } of taken.tasks) {
      const reader = this.readers.get(row.share)
      if (reader !== undefined && !cursors.has(row.share)) cursors.set(row.share, reader.settled)
    }
    if (cursors.size === 0 && taken.loads.length === 0) return undefined
    const changes = {
      groupId: this.id,
      cursors: [...cursors].map(([share, position]) => ({ share, position })),
      ...taken.lists,
    }
    return {
      changes,
      loads: taken.loads,
      written: () => this.#written(changes),
      restore: () => this.#restore(changes, taken.loads),
    }
  }

  get hasOpen(): boolean {
    return [...this.readers.values()].some((reader) => reader.hasOpen)
  }

  loaded(queue: KeyQueue, tasks: Task[], limit: number): void {
    this.#dispatcher.loaded(queue, tasks, tasks.length === limit)
  }

  settle(task: Task): void {
    this.#release(task)
    if (task.parked) this.#unpark.push(task)
    this.#deps.touch()
  }

  park(task: Task, dueAt: number, error: unknown): void {
    this.#deps.onHandlerError({ task, error, isLast: false })
    const parked = { task, dueAt, error: messageOf(error) }
    if (task.parked) this.#retry.push(parked)
    else this.#park.push(parked)
    task.parked = true
    this.#release(task)
    this.#deps.touch()
  }

  spill(task: Task, written: () => void): void {
    task.parked = true
    this.#park.push({ task, dueAt: Date.now(), error: null, written })
    this.#release(task)
    this.#deps.touch()
  }

  bury(task: Task, error: unknown): void {
    this.#deps.onHandlerError({ task, error, isLast: true })
    this.#bury.push({ task, error: messageOf(error) })
    if (task.parked) this.#unpark.push(task)
    this.#release(task)
    this.#deps.touch()
  }

  load(queue: KeyQueue): void {
    this.#loads.push(queue)
    this.#deps.touch()
  }

  #end(ended: Promise<void>): void {
    this.#ending++
    void ended.then(() => {
      this.#ending--
    })
  }

  #parkNow(task: Task): void {
    this.#park.push({ task, dueAt: Date.now(), error: null })
  }

  #release(task: Task): void {
    if (task.chunk === undefined) return
    task.chunk.open--
    task.chunk = undefined
  }

  /** What is to be written, without that of shares which are ours no more. */
  #takeLists() {
    const ours = ({ task }: { task: Task }) => this.readers.has(task.row.share)
    const lists = {
      park: this.#park.filter(ours),
      retry: this.#retry.filter(ours),
      bury: this.#bury.filter(ours),
      unpark: this.#unpark.filter((task) => ours({ task })),
    }
    const loads = this.#loads
    this.#park = []
    this.#retry = []
    this.#bury = []
    this.#unpark = []
    this.#loads = []
    const tasks = [...lists.park, ...lists.retry, ...lists.bury].map(({ task }) => task).concat(lists.unpark)
    return { lists, loads, tasks }
  }

  #written(changes: Changes): void {
    for (const { share, position } of changes.cursors) this.readers.get(share)?.wrote(position)
    for (const parked of changes.park) parked.written?.()
  }

  #restore(changes: Changes, loads: KeyQueue[]): void {
    this.#park.unshift(...changes.park)
    this.#retry.unshift(...changes.retry)
    this.#bury.unshift(...changes.bury)
    this.#unpark.unshift(...changes.unpark)
    this.#loads.unshift(...loads)
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000)
