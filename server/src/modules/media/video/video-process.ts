import { DecoderProcess } from '../decoder-process.ts'
import type { AssembleTask } from './assemble.ts'
import type { EncodeTask } from './encode.ts'
import type { JoinTask } from './join.ts'
import type { Sound, SoundTask } from './sound.ts'
import type { Probe, Source } from './source.ts'
import type { PosterTask, StripTask } from './stills.ts'

export type VideoTask =
  | { do: 'probe'; source: Source }
  | EncodeTask
  | SoundTask
  | AssembleTask
  | JoinTask
  | PosterTask
  | StripTask

export type VideoResult = Probe | Sound | number | undefined

/** A piece is whole; or so many seconds of film are encoded (undefined: it lives). */
export type VideoNews = { piece: number } | { seconds: number | undefined }

const MB = 1024 * 1024
/** From one sign of life to the next: a frame takes a hundredth of it, on a machine that has much to do a tenth. */
const STALLED_MS = 60_000
/** Several times what a film of 1080 lines takes with all its outputs (0.55 GB). */
const MEMORY_BYTES = 1536 * MB

/** One process for all that is made of one film. The libraries of FFmpeg are loaded there and nowhere else. */
export class VideoProcess implements Disposable {
  readonly #process: DecoderProcess<VideoTask, VideoResult, VideoNews>
  readonly #signal: AbortSignal | undefined

  constructor({ niceness, signal, timeoutMs = STALLED_MS }: Options) {
    const limits = { timeoutMs, memoryBytes: MEMORY_BYTES, niceness }
    this.#process = new DecoderProcess(new URL('./child.ts', import.meta.url), limits)
    this.#signal = signal
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** False once it has ended, or is about to. */
  get usable(): boolean {
    return this.#process.usable
  }

  probe(source: Source): Promise<Probe> {
    return this.#run({ do: 'probe', source }) as Promise<Probe>
  }

  /** Answers the seconds that are encoded, those before the first piece included. */
  encode(task: Omit<EncodeTask, 'do'>, hear: (news: VideoNews) => void): Promise<number> {
    return this.#run({ do: 'encode', ...task }, hear) as Promise<number>
  }

  sound(task: Omit<SoundTask, 'do'>): Promise<Sound | undefined> {
    return this.#run({ do: 'sound', ...task }) as Promise<Sound | undefined>
  }

  assemble(task: Omit<AssembleTask, 'do'>): Promise<number | undefined> {
    return this.#run({ do: 'assemble', ...task }) as Promise<number | undefined>
  }

  async join(task: Omit<JoinTask, 'do'>): Promise<void> {
    await this.#run({ do: 'join', ...task })
  }

  async poster(task: Omit<PosterTask, 'do'>): Promise<void> {
    await this.#run({ do: 'poster', ...task })
  }

  async strip(task: Omit<StripTask, 'do'>): Promise<void> {
    await this.#run({ do: 'strip', ...task })
  }

  #run(task: VideoTask, hear?: (news: VideoNews) => void): Promise<VideoResult> {
    return this.#process.run(task, { ...(hear && { hear }), ...(this.#signal && { signal: this.#signal }) })
  }

  /** Ends it in the middle of what it does. */
  kill(): void {
    this.#process.kill()
  }

  [Symbol.dispose](): void {
    void this.#process.close()
  }
}

interface Options {
  niceness: number
  signal?: AbortSignal
  timeoutMs?: number
}

/** The process of one film: another one where the last has ended. */
export class VideoProcesses implements Disposable {
  readonly #options: Options
  #current: VideoProcess | undefined

  constructor(options: Options) {
    this.#options = options
  }

  get current(): VideoProcess {
    if (!this.#current?.usable) this.#current = new VideoProcess(this.#options)
    return this.#current
  }

  [Symbol.dispose](): void {
    this.#current?.[Symbol.dispose]()
  }
}
