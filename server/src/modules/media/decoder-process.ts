import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { TintypeError } from '@tintype/contract'
import { codeCache } from '../../kit/code-cache.ts'
import { residentBytes } from '../../kit/resident-bytes.ts'
import type { ChildReply, ChildRequest } from './decoder-messages.ts'

/** The decoding process died of a task, or was ended because of it. Whether the file is to blame shows when it happens again. */
export class DecoderCrash extends Error {
  readonly reason: 'crash' | 'timeout' | 'memory'
  constructor(reason: DecoderCrash['reason'], detail: string) {
    super(`decoding process ended (${reason}): ${detail}`)
    this.name = 'DecoderCrash'
    this.reason = reason
  }
}

export interface ChildLimits {
  /** For a task, or from one sign of life to the next where it gives any. */
  timeoutMs: number
  /** Resident memory above which a running task is ended. */
  memoryBytes: number
  /** After a task that left it larger than this, a process is replaced: WebAssembly memory never shrinks. */
  recycleBytes?: number
  /** 0…19; the higher, the more it yields to the rest of the machine. */
  niceness: number
}

interface RunOptions<News> {
  hear?: (news: News) => void
  /** Ends the process. */
  signal?: AbortSignal
}

const RECYCLE_BYTES = 250 * 1024 * 1024
const WATCH_MS = 100
/** For an end by itself. */
const CLOSE_MS = 2000

/** One decoding process, for one task at a time. A process and not a thread: a crash in a decoder ends nothing else. */
export class DecoderProcess<Task, Result, News = never> {
  readonly #process: ChildProcess
  readonly #limits: ChildLimits
  /** False once it may take no further task. */
  usable = true
  /** Resolves when it has ended, and holds no memory any more. */
  readonly gone: Promise<void>
  /** Bytes it held after its last task; until then about what it starts with. */
  residentBytes = 100 * 1024 * 1024

  /** `program` calls `serveTasks`. */
  constructor(program: URL, limits: ChildLimits) {
    this.#limits = limits
    this.#process = fork(program, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      // glibc keeps a heap per thread; two are enough, and keep large freed buffers from piling up.
      env: { ...process.env, MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: codeCache },
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    this.gone = promise
    const end = () => {
      this.usable = false
      // One that could not be started has no number, and says no `exit`.
      if (this.#process.exitCode !== null || this.#process.signalCode !== null || !this.#process.pid)
        resolve()
    }
    this.#process.once('exit', end)
    this.#process.on('error', end)
    this.#yield()
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  #yield(): void {
    try {
      if (this.#process.pid !== undefined) setPriority(this.#process.pid, this.#limits.niceness)
    } catch {
      // Where priorities cannot be set, the process only runs sooner than it should.
    }
  }

  run(task: Task, { hear, signal }: RunOptions<News> = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const child = this.#process
      const kill = (reason: unknown) => {
        this.usable = false
        child.kill('SIGKILL')
        settle(() => reject(reason))
      }
      const end = (reason: DecoderCrash['reason'], detail: string) => kill(new DecoderCrash(reason, detail))
      const timeout = setTimeout(() => end('timeout', `${this.#limits.timeoutMs} ms`), this.#limits.timeoutMs)
      const watch = setInterval(() => void this.#watch(end), WATCH_MS)
      const settle = (how: () => void) => {
        clearTimeout(timeout)
        clearInterval(watch)
        child.off('message', handleReply)
        child.off('exit', handleExit)
        signal?.removeEventListener('abort', handleAbort)
        how()
      }
      const handleAbort = () => kill(signal?.reason)
      const handleExit = (code: number | null, name: string | null) => end('crash', String(name ?? code))
      const handleReply = (reply: ChildReply<Result, News>) => {
        if (!('news' in reply)) return settle(() => this.#take(reply, resolve, reject))
        timeout.refresh()
        hear?.(reply.news)
      }
      child.on('message', handleReply)
      child.on('exit', handleExit)
      signal?.addEventListener('abort', handleAbort)
      if (signal?.aborted) return handleAbort()
      const request: ChildRequest<Task> = { task }
      child.send(request, (error) => error && end('crash', error.message))
    })
  }

  #take(
    reply: Exclude<ChildReply<Result, News>, { news: News }>,
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ): void {
    if (reply.ok) {
      this.residentBytes = reply.residentBytes
      if (reply.residentBytes > (this.#limits.recycleBytes ?? RECYCLE_BYTES)) void this.close()
      resolve(reply.result)
    } else if (reply.code) reject(new TintypeError(reply.code, { cause: new Error(reply.message) }))
    else reject(new Error(`decoding process: ${reply.message}`))
  }

  /** Linux tells what a process holds; elsewhere the pixel limits alone bound it. */
  async #watch(end: (reason: 'memory', detail: string) => void): Promise<void> {
    const resident = await residentBytes(this.#process.pid)
    if (resident > this.#limits.memoryBytes) end('memory', `${Math.round(resident / 1e6)} MB`)
  }

  kill(): void {
    this.usable = false
    this.#process.kill('SIGKILL')
  }

  /** Resolves when it is gone. */
  async close(): Promise<void> {
    this.usable = false
    if (this.#process.connected) this.#process.disconnect()
    const late = setTimeout(() => this.kill(), CLOSE_MS)
    await this.gone
    clearTimeout(late)
  }
}
