import { DecoderProcess } from '../decoder-process.ts'
import type { Looked, ScoreTask } from './score.ts'

const MB = 1024 * 1024
/** It needs 280 MB with the model; what swells beyond is ended, or replaced after its picture. A busy machine has it wait for long. */
const LIMITS = { timeoutMs: 600_000, memoryBytes: 900 * MB, recycleBytes: 450 * MB }
/** Without work it ends after so long, milliseconds: its memory is for others. */
const IDLE_MS = 60_000

/** Scores one picture at a time, in a process that is started by the first, at a low priority, and ends when there is nothing to do. */
export class Scorer implements AsyncDisposable {
  #process: DecoderProcess<ScoreTask, Looked> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | undefined
  readonly #niceness: number

  constructor({ niceness }: { niceness: number }) {
    this.#niceness = niceness
  }

  /** Rejects with DecoderCrash where the picture ends the process. */
  look(task: ScoreTask): Promise<Looked> {
    const next = this.#last.then(() => this.#look(task))
    this.#last = next.catch(() => undefined)
    return next
  }

  async #look(task: ScoreTask): Promise<Looked> {
    clearTimeout(this.#idle)
    if (!this.#process?.usable)
      this.#process = new DecoderProcess(new URL('./child.ts', import.meta.url), {
        ...LIMITS,
        niceness: this.#niceness,
      })
    try {
      return await this.#process.run(task)
    } finally {
      this.#idle = setTimeout(() => void this[Symbol.asyncDispose](), IDLE_MS).unref()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle)
    const process = this.#process
    this.#process = undefined
    await process?.close()
  }
}
