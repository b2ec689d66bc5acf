import { type LiveId, liveLimits, TintypeError } from '@tintype/contract'
import { idTime } from '../../kit/ids.ts'
import type { LiveDeps } from './deps.ts'
import { Feed } from './feed.ts'
import { setFed } from './live-store.ts'
import type { Lives } from './lives.ts'
import type { LiveReader } from './reader.ts'
import type { Recording } from './recording.ts'
import type { Source, SourceTerms } from './source.ts'

type FeedsDeps = Pick<LiveDeps, 'db' | 'clock' | 'logger' | 'live'> & {
  reader: Pick<LiveReader, 'records'>
  lives: Pick<Lives, 'begin' | 'start' | 'end'>
  recording: Pick<Recording, 'keep' | 'next'>
}

const TICK_MS = 1000
/** Ticks between two signs that lives are fed here. */
const FED_EVERY = 5
/** Ticks for which what is over can still be fetched. */
const LINGERS = 15

/** The lives that this process is fed. */
export class Feeds {
  readonly #deps: FeedsDeps
  readonly #feeds = new Map<LiveId, Feed>()
  readonly #opening = new Set<LiveId>()
  readonly #over = new Map<Feed, number>()
  #ticks = 0

  constructor(deps: FeedsDeps) {
    this.#deps = deps
  }

  start(): Disposable {
    const timer = setInterval(() => void this.#tick(), TICK_MS)
    return {
      [Symbol.dispose]: () => {
        clearInterval(timer)
        for (const feed of this.#feeds.values()) feed.leave()
      },
    }
  }

  of(id: LiveId): Feed | undefined {
    return this.#feeds.get(id)
  }

  /** A source begins to send to a live, in place of one that is there. Rejects with the reason why it may not. */
  async open(id: LiveId, terms: SourceTerms): Promise<Source> {
    const { live, lives, recording } = this.#deps
    if (!live) throw new TintypeError('live_off')
    const known = this.#open(id)
    if (this.#opening.has(id)) throw new TintypeError('live_fed_already')
    if (!known && this.#openOnes().length + this.#opening.size >= live.most)
      throw new TintypeError('live_full')
    this.#opening.add(id)
    try {
      const { run, source, status } = await lives.begin(id)
      // What a program sends is looked at by its host first.
      const isShown = source === 'browser' || status === 'live'
      const feed = known ?? new Feed(id, { ...this.#deps, live, isShown, first: await recording.next(id) })
      this.#feeds.set(id, feed)
      return feed.attach(run, terms)
    } finally {
      this.#opening.delete(id)
    }
  }

  /** Shows to everybody what only its host saw. Rejects with `live_no_source`. */
  show(id: LiveId): void {
    if (!this.#open(id)?.show()) throw new TintypeError('live_no_source')
  }

  /** What came so far is all: for whoever is to have it whole, or gone. */
  close(id: LiveId): void {
    const feed = this.#open(id)
    if (!feed) return
    feed.end()
    this.#over.set(feed, this.#ticks)
  }

  /** One that is over can be fetched for a while, and is sent nothing more. */
  #open(id: LiveId): Feed | undefined {
    const feed = this.#feeds.get(id)
    return feed && !this.#over.has(feed) ? feed : undefined
  }

  #openOnes = (): Feed[] => [...this.#feeds.values()].filter((feed) => !this.#over.has(feed))

  /** What is asked of time: lives whose source has gone are ended, those that ended elsewhere are closed, the others are noted. */
  async #tick(): Promise<void> {
    this.#ticks += 1
    for (const [feed, since] of this.#over) {
      if (this.#ticks - since < LINGERS) continue
      this.#over.delete(feed)
      if (this.#feeds.get(feed.live_id) === feed) this.#feeds.delete(feed.live_id)
    }
    try {
      await this.#look()
    } catch (err) {
      // The database is away: with the next tick, then.
      this.#deps.logger.warn({ err }, 'lives could not be looked after')
    }
  }

  async #look(): Promise<void> {
    const { db, clock, reader, lives, live } = this.#deps
    const open = this.#openOnes()
    if (open.length === 0 || !live) return
    const now = clock.now()
    const records = await reader.records(open.map((feed) => feed.live_id))
    for (const feed of open) {
      const record = records.get(feed.live_id)
      const isGone = feed.lostAt !== undefined && now - feed.lostAt >= liveLimits.grace * 1000
      const begun = record?.started_at?.getTime()
      const isLong = now - (begun ?? idTime(feed.live_id)) >= live.longest * 1000
      // A program that was stopped before anybody was shown anything may be started again.
      const isPreview = record?.source === 'encoder' && record.status === 'waiting'
      if (isGone && isPreview) {
        this.close(feed.live_id)
        continue
      }
      const isOver = isGone || isLong || record?.removed === true
      if (record && record.status !== 'ended' && !isOver) continue
      if (record && record.status !== 'ended') await lives.end(feed.live_id)
      this.close(feed.live_id)
    }
    const fed = open.filter((feed) => feed.isFed).map((feed) => feed.live_id)
    if (this.#ticks % FED_EVERY === 0 && fed.length > 0) await setFed(db.query, fed, new Date(now))
  }
}
