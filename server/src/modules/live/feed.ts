import type { LiveId } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { LiveSettings } from './deps.ts'
import type { Lives } from './lives.ts'
import { codecsOf } from './packager/cutter.ts'
import type { PackagerNews } from './packager/messages.ts'
import { PackagerProcess } from './packager/packager-process.ts'
import { masterPlaylist } from './packager/playlist.ts'
import { type Finished, Stage } from './packager/stage.ts'
import type { Recording } from './recording.ts'
import type { Source, SourceTerms } from './source.ts'

interface FeedDeps {
  clock: Clock
  logger: Logger
  live: LiveSettings
  lives: Pick<Lives, 'start'>
  recording: Pick<Recording, 'keep'>
  /** The number of its first segment. */
  first: number
  /** False: what comes is for its host alone, and not recorded, until `show`. */
  isShown: boolean
}

interface Rung {
  stage: Stage
  width: number
  height: number
  codecs: string[]
}

/** What of them is the most in a second, about; for players that choose by it. */
const BANDWIDTH = 2.2
const LEAST_BANDWIDTH = 300_000

/** One live that this process is fed: what is sent to it becomes parts, which players fetch. */
export class Feed {
  readonly live_id: LiveId
  readonly #deps: FeedDeps
  readonly #rungs: Rung[] = []
  #packager: PackagerProcess | undefined
  #terms: SourceTerms | undefined
  /** Whether its source is passed on as it comes; not once its key frames came too seldom for that. */
  #isCopied = true
  /** Since when nothing sends (milliseconds since 1970, by the clock). */
  lostAt: number | undefined
  #isShown: boolean
  #started = false

  constructor(liveId: LiveId, deps: FeedDeps) {
    this.live_id = liveId
    this.#deps = deps
    this.#isShown = deps.isShown
    this.lostAt = deps.clock.now()
  }

  get isFed(): boolean {
    return this.#packager !== undefined && this.lostAt === undefined
  }

  get hasBegun(): boolean {
    return this.#rungs.some(({ stage }) => stage.hasBegun)
  }

  attach(run: number, terms: SourceTerms): Source {
    this.#detach('live_fed_already')
    const { live, logger } = this.#deps
    const packager = new PackagerProcess(
      { format: terms.format, copy: this.#isCopied, lower: live.lower, threads: live.threads },
      {
        hear: (news) => {
          // What one that was replaced still had is nobody's.
          if (this.#packager === packager) this.#hear(run, news)
        },
        ended: (fault) => {
          if (fault) logger.warn({ live_id: this.live_id, fault }, 'a live stopped to be packaged')
          if (this.#packager === packager) this.#lose()
        },
      },
    )
    this.#packager = packager
    this.#terms = terms
    this.lostAt = undefined
    return {
      write: (bytes) => packager.write(bytes),
      onDrain: (listener) => packager.onDrain(listener),
      close: () => {
        packager.finish()
        if (this.#packager === packager) this.lostAt ??= this.#deps.clock.now()
      },
    }
  }

  /** From the next key frame on it is everybody's. What its host saw before is theirs alone. False where nothing comes in. */
  show(): boolean {
    if (this.#isShown) return true
    if (!this.isFed || !this.hasBegun) return false
    this.#isShown = true
    for (const { stage } of this.#rungs) stage.forgetAll()
    return true
  }

  /** For whoever watches: from the last part on there is nothing more. */
  end(): void {
    this.#detach('live_ended')
    this.#finishAll()
    for (const { stage } of this.#rungs) stage.end()
  }

  /** This process stops; the source goes on elsewhere. What came last is kept, and who waits for more is answered. */
  leave(): void {
    this.#packager?.kill()
    this.#packager = undefined
    this.#finishAll()
    for (const { stage } of this.#rungs) stage.release()
  }

  stage(rung: number): Stage | undefined {
    return this.#rungs[rung]?.stage
  }

  master(): string {
    const lasting = (stage: Stage) => {
      const done = stage.listed().segments.flatMap(({ parts }) => parts)
      const bytes = done.reduce((sum, part) => sum + ('bytes' in part ? (part.bytes as Buffer).length : 0), 0)
      const seconds = done.reduce((sum, part) => sum + part.seconds, 0)
      return seconds > 0 ? (bytes * 8) / seconds : 0
    }
    return masterPlaylist(
      this.#rungs.map(({ stage, ...rest }) => ({
        ...rest,
        bandwidth: Math.max(LEAST_BANDWIDTH, lasting(stage) * BANDWIDTH),
      })),
    )
  }

  #hear(run: number, news: PackagerNews): void {
    if ('fault' in news) {
      if (news.fault === 'gop') this.#isCopied = false
      return
    }
    const { rung } = news
    if ('init' in news) {
      const { init, width, height } = news
      const known = this.#rungs[rung] ?? { stage: new Stage(rung, this.#deps.first) }
      this.#rungs[rung] = { stage: known.stage, width, height, codecs: codecsOf(init) }
      this.#keep(rung, known.stage.begin(run, init))
      if (rung === 0) this.#deps.recording.keep(this.live_id, { run, init })
      return
    }
    const stage = this.#rungs[rung]?.stage
    if (!stage) return
    this.#keep(rung, stage.add(news.part))
    if (stage.isTooLarge) this.#packager?.kill()
    if (this.#started || !this.#isShown || !stage.hasBegun) return
    this.#started = true
    this.#deps.lives.start(this.live_id).catch((err: unknown) => {
      this.#started = false
      this.#deps.logger.warn({ err, live_id: this.live_id }, 'a live could not be begun')
    })
  }

  #keep(rung: number, finished: Finished | undefined): void {
    if (finished && rung === 0 && this.#isShown) this.#deps.recording.keep(this.live_id, finished)
  }

  #finishAll(): void {
    for (const [rung, { stage }] of this.#rungs.entries()) this.#keep(rung, stage.pause())
  }

  /** The source has gone, or nothing is made any more of what it sends: then it is told so. */
  #lose(): void {
    this.#packager = undefined
    this.lostAt ??= this.#deps.clock.now()
    this.#finishAll()
    this.#terms?.onClosed('media_corrupt')
  }

  #detach(code: 'live_ended' | 'live_fed_already'): void {
    const packager = this.#packager
    if (!packager) return
    this.#packager = undefined
    this.lostAt = this.#deps.clock.now()
    packager.kill()
    this.#terms?.onClosed(code)
  }
}
