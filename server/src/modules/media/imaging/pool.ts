import type { ChildLimits } from '../decoder-process.ts'
import { type ImagingProcess, imagingProcess } from './imaging-process.ts'
import { MemoryBudget, type Parked, weightOf } from './memory-budget.ts'
import type { ImagingTask, Processed } from './process.ts'

export interface PoolOptions extends Partial<ChildLimits> {
  /** How many pictures are worked on at once. */
  processes: number
  /** Shared with other pools; of its own unless given. */
  memory?: MemoryBudget
}

/** What the media module needs of it. */
export interface Imaging {
  run(task: ImagingTask): Promise<Processed>
}

const MB = 1024 * 1024
const defaults: ChildLimits = { timeoutMs: 60_000, memoryBytes: 2048 * MB, niceness: 0 }

type IdleChild = Parked & { child: ImagingProcess }

/**
 * Up to `processes` pictures at once, in processes that are started when first needed and replaced when they die. First come,
 * first served. `run` rejects with a `media_*` TintypeError, with DecoderCrash, or with what may pass by itself.
 */
export class ImagingPool implements Imaging, AsyncDisposable {
  readonly #limits: ChildLimits
  readonly #memory: MemoryBudget
  readonly #idle: IdleChild[] = []
  readonly #waiting: (() => void)[] = []
  #free: number
  #calm: (() => void)[] = []
  readonly #processes: number

  constructor({ processes, memory = new MemoryBudget(), ...limits }: PoolOptions) {
    this.#processes = processes
    this.#memory = memory
    this.#free = processes
    this.#limits = { ...defaults, ...limits }
  }

  /** Starts the processes, so that the first picture does not wait for them (0.2 s). */
  warm(): void {
    while (this.#idle.length < this.#free) this.#park(imagingProcess(this.#limits))
  }

  async run(task: ImagingTask): Promise<Processed> {
    await this.#acquire()
    const giveBack = await this.#memory.take(weightOf(task))
    let child: ImagingProcess | undefined
    try {
      // Where there is no memory for one more process, it throws.
      child = this.#nextChild()
      return await child.run(task)
    } finally {
      if (child && !child.usable) void child.gone.then(giveBack)
      else giveBack()
      if (child?.usable) this.#park(child)
      this.#release()
    }
  }

  /** Nothing runs and nothing waits. */
  get quiet(): boolean {
    return this.#free === this.#processes
  }

  /** Resolves when the pool is quiet, or after `ms` at the latest. */
  async whenQuiet(ms: number): Promise<void> {
    if (this.quiet) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    this.#calm.push(resolve)
    await promise
    clearTimeout(timer)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closing = this.#idle.splice(0).map((idle) => {
      this.#memory.unpark(idle)
      return idle.child.close()
    })
    await Promise.all(closing)
  }

  #nextChild(): ImagingProcess {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      this.#memory.unpark(idle)
      if (idle.child.usable) return idle.child
    }
    return imagingProcess(this.#limits)
  }

  #park(child: ImagingProcess): void {
    const idle: IdleChild = { child, bytes: child.residentBytes, close: () => child.close() }
    this.#idle.push(idle)
    this.#memory.park(idle)
  }

  async #acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #release(): void {
    const next = this.#waiting.shift()
    if (next) {
      next()
      return
    }
    this.#free += 1
    if (this.quiet) for (const resolve of this.#calm.splice(0)) resolve()
  }
}
