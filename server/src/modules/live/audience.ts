import type { LiveId } from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import { tellTopics } from '../../kit/topic-channel.ts'
import { addHearts, setAudience } from './count-store.ts'
import type { LiveDeps } from './deps.ts'
import type { Player } from './links.ts'
import type { LiveNote } from './notes.ts'

type AudienceDeps = Pick<LiveDeps, 'db' | 'broadcast' | 'clock' | 'logger'>

/** Milliseconds between two rounds of telling: so all hearts of a second are one message. */
const ROUND_MS = 1000
/** Rounds between two counts of who watches. */
const COUNT_EVERY = 3
/** A player asks for what comes next every half second; one that has not for so long is closed. */
const GONE_MS = 10_000
/** What a process said of its viewers is true for so long. */
const TOLD_MS = 15_000

/** Who watches through this process, and the hearts that came in here. A closed tab says nothing: it ceases to ask. */
export class Audience implements Disposable {
  readonly #deps: AudienceDeps
  readonly #process = newId<string>()
  /** By live: when each player last asked (by this machine's own time: it is about people, not about what is stored). */
  readonly #seen = new Map<LiveId, Map<string, number>>()
  readonly #hearts = new Map<LiveId, number>()
  #round = 0
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(deps: AudienceDeps) {
    this.#deps = deps
  }

  /** A member with several windows is one. */
  saw(id: LiveId, { viewer_id, nonce }: Player): void {
    const players = this.#seen.get(id) ?? new Map<string, number>()
    this.#seen.set(id, players.set(viewer_id ?? nonce, performance.now()))
    this.#tellSoon()
  }

  heart(id: LiveId, count: number): void {
    this.#hearts.set(id, (this.#hearts.get(id) ?? 0) + count)
    this.#tellSoon()
  }

  /** Of counts that are read: what was told before is not true any more. */
  since(): Date {
    return new Date(this.#deps.clock.now() - TOLD_MS)
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  /** Where something has come in: players ask one process, hearts come to those that have sockets, and one round is over before the next. */
  #tellSoon(): void {
    if (this.#isOver) return
    this.#timer ??= setTimeout(async () => {
      await this.#tell()
      this.#timer = undefined
      if (this.#seen.size + this.#hearts.size > 0) this.#tellSoon()
    }, ROUND_MS).unref()
  }

  async #tell(): Promise<void> {
    this.#round += 1
    const hearts = [...this.#hearts]
    this.#hearts.clear()
    const counted = this.#round % COUNT_EVERY === 0 ? [...this.#seen.keys()] : []
    try {
      for (const [id, count] of hearts) await addHearts(this.#deps.db.query, id, count)
      for (const id of counted) await this.#count(id)
      const news = new Map<LiveId, number>([...counted.map((id) => [id, 0] as const), ...hearts])
      await tellTopics(
        this.#deps.broadcast,
        'live',
        [...news].map(([id, hearts_new]) => ({
          id,
          note: { what: 'counted', hearts_new } satisfies LiveNote,
        })),
      )
    } catch (err) {
      this.#deps.logger.warn({ err }, 'the viewers of a live could not be counted')
    }
  }

  async #count(id: LiveId): Promise<void> {
    const players = this.#seen.get(id)
    if (!players) return
    const limit = performance.now() - GONE_MS
    for (const [player, at] of players) if (at < limit) players.delete(player)
    if (players.size === 0) this.#seen.delete(id)
    const { db, clock } = this.#deps
    const now = new Date(clock.now())
    await setAudience(db.query, {
      live_id: id,
      process_id: this.#process,
      viewers: players.size,
      now,
      since: this.since(),
    })
  }
}
