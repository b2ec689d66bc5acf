import { type ChildProcess, fork } from 'node:child_process'
import { codeCache } from '../../../kit/code-cache.ts'
import { residentBytes } from '../../../kit/resident-bytes.ts'
import type { PackagerNews, PackagerTask } from './messages.ts'

const MB = 1024 * 1024
/** Several times what 1080 lines take with a second quality. */
const MEMORY_BYTES = 800 * MB
const WATCH_MS = 1000
/** Of input that comes, until something is made of it. */
const STALLED_MS = 60_000
/** What was sent before the end is made into parts within this time. */
const DRAIN_MS = 15_000

export interface Listener {
  hear(news: PackagerNews): void
  /** Once, whatever the reason. `fault`: why, where it was not asked to. */
  ended(fault: string | undefined): void
}

/** The process that makes parts of one source, for as long as that lasts. The libraries of FFmpeg are loaded there and nowhere else. */
export class PackagerProcess {
  readonly #process: ChildProcess
  readonly #listener: Listener
  readonly #watching: NodeJS.Timeout
  /** Since when there was input of which nothing was made yet. */
  #waitingSince: number | undefined
  #fault: string | undefined
  #isEnding = false

  constructor(task: PackagerTask, listener: Listener) {
    this.#listener = listener
    this.#process = fork(new URL('./child.ts', import.meta.url), {
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: { ...process.env, MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: codeCache },
    })
    this.#watching = setInterval(() => void this.#watch(), WATCH_MS)
    this.#process.on('message', (news: PackagerNews) => this.#hear(news))
    this.#process.on('error', (error) => this.#end(error.message))
    this.#process.once('exit', (code, signal) => this.#end(code === 0 ? undefined : String(signal ?? code)))
    // It may have ended while something was written to it.
    this.#process.stdin?.on('error', () => undefined)
    this.#process.send(task)
  }

  /** False: it has as much as it takes for now; `onDrain` calls back. */
  write(bytes: Buffer): boolean {
    this.#waitingSince ??= performance.now()
    const { stdin } = this.#process
    return !stdin?.writable || stdin.write(bytes)
  }

  onDrain(listener: () => void): void {
    this.#process.stdin?.on('drain', listener)
  }

  /** Nothing more comes. */
  finish(): void {
    if (this.#isEnding) return
    this.#isEnding = true
    this.#process.stdin?.end()
    setTimeout(() => this.#process.kill('SIGKILL'), DRAIN_MS).unref()
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  #hear(news: PackagerNews): void {
    this.#waitingSince = undefined
    if ('fault' in news) this.#fault = news.fault
    this.#listener.hear(news)
  }

  #end(fault: string | undefined): void {
    clearInterval(this.#watching)
    this.#process.removeAllListeners('exit')
    this.#listener.ended(this.#fault ?? (this.#isEnding ? undefined : fault))
  }

  async #watch(): Promise<void> {
    const isStalled = this.#waitingSince !== undefined && performance.now() - this.#waitingSince > STALLED_MS
    const resident = await residentBytes(this.#process.pid)
    if (!isStalled && resident <= MEMORY_BYTES) return
    this.#fault ??= isStalled ? 'stalled' : 'memory'
    this.kill()
  }
}
