import type { MediaId, PictureScore } from '@tintype/contract'
import type { Event } from '../../../engines/event-log/port.ts'
import { DecoderCrash } from '../decoder-process.ts'
import type { MediaDeps } from '../deps.ts'
import type { ImagingPool } from '../imaging/pool.ts'
import { type ReadyMedia, readReady } from '../store.ts'
import { type FramesDeps, lookAtMedia } from './frames.ts'
import { decided, MODEL } from './score.ts'
import { readScores, type Scorable, shownAfter, writeScores } from './score-store.ts'

export type ScoringDeps = Pick<MediaDeps, 'db' | 'outbox' | 'logger' | 'subjects' | 'thresholds'> &
  FramesDeps & { uploadsPool: Pick<ImagingPool, 'whenQuiet'> }

/** How long pictures that somebody waits for go first, milliseconds; after that it runs beside them, at the lowest priority. */
const YIELD_MS = 20_000
/** What ended its process so often is not looked at again. */
const CRASHES_MAX = 3
const SOME = 100

/**
 * Gives scores to what is shown already. A score and the news of it are one transaction: what dies before is done again, what comes twice
 * is told twice, and whoever hears of it must bear that.
 */
export class Scoring {
  readonly #deps: ScoringDeps

  constructor(deps: ScoringDeps) {
    this.#deps = deps
  }

  async score(
    { payload, attempt }: Event<'media.ready' | 'media.moved'>,
    signal: AbortSignal,
  ): Promise<void> {
    const lowest = await this.#deps.thresholds.lowest()
    if (lowest !== undefined) await this.#scoreSome(payload.media_ids, { lowest, attempt, signal })
  }

  /** Everything that has no score of this program; and what has one is told anew, so that thresholds that were lowered hold for it too. */
  async scoreAll(signal: AbortSignal): Promise<number> {
    const { db, thresholds } = this.#deps
    const lowest = await thresholds.lowest()
    let [count, after]: [number, MediaId | null] = [0, null]
    while (lowest !== undefined && !signal.aborted) {
      const some: Scorable[] = await shownAfter(db.query, after, SOME)
      for (const { media_id } of some) {
        if (signal.aborted) break
        count += await this.#scoreSome([media_id], { lowest, attempt: CRASHES_MAX, signal })
      }
      after = some.at(-1)?.media_id ?? null
      if (some.length < SOME) break
    }
    return count
  }

  /** Answers how many were scored now. */
  async #scoreSome(
    ids: readonly MediaId[],
    { lowest, attempt, signal }: { lowest: number; attempt: number; signal: AbortSignal },
  ): Promise<number> {
    const { db, outbox } = this.#deps
    const found = (await readReady(db.query, ids)).filter((media) => this.#isLookedAt(media))
    const known = new Map((await readScores(db.query, ids)).map((score) => [score.media_id, score]))
    const fresh: PictureScore[] = []
    for (const media of found) {
      if (known.get(media.media_id)?.model === MODEL) continue
      const score = await this.#look(media, attempt, signal)
      if (!score) continue
      known.set(media.media_id, score)
      fresh.push(score)
    }
    const high = found.filter(({ media_id }) => (known.get(media_id)?.score ?? 0) >= lowest)
    if (fresh.length === 0 && high.length === 0) return 0
    await db.tx(async (tx) => {
      await writeScores(tx, fresh)
      // All of one event are attached to one thing.
      const [{ owner_id, subject } = {}] = high
      const media_ids = high.map(({ media_id }) => media_id)
      if (owner_id && subject)
        await outbox.append(tx, [{ type: 'media.scored', payload: { media_ids, owner_id, subject } }])
    })
    return fresh.length
  }

  async #look(media: Seen, attempt: number, signal: AbortSignal): Promise<PictureScore | undefined> {
    const { media_id } = media
    await this.#deps.uploadsPool.whenQuiet(YIELD_MS)
    try {
      const { looked, atOf } = await lookAtMedia(this.#deps, media, signal)
      const found = decided(looked)
      return (
        found && { media_id, model: MODEL, score: found.score, shares: found.shares, at_ms: atOf(found.tile) }
      )
    } catch (error) {
      if (!(error instanceof DecoderCrash) || attempt < CRASHES_MAX) throw error
      this.#deps.logger.warn({ err: error, media_id }, 'no score given')
      return undefined
    }
  }

  /** What moderators may look at; what stands between some members alone they do not. */
  #isLookedAt(media: ReadyMedia): media is Seen {
    const moderated = media.subject && this.#deps.subjects.moderated(media.subject.kind)
    return media.kind !== 'voice' && !!moderated && !moderated.copy
  }
}

type Seen = Exclude<ReadyMedia, { kind: 'voice' }>
