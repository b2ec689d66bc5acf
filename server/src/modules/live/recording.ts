import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type LiveId, TintypeError } from '@tintype/contract'
import type { LiveDeps } from './deps.ts'
import { joined, type Piece } from './packager/joined.ts'
import type { Finished } from './packager/stage.ts'
import {
  forgetSegments,
  insertSegment,
  nextMsn,
  runsOf,
  type SegmentRow,
  segmentsOf,
} from './recording-store.ts'

type RecordingDeps = Pick<LiveDeps, 'db' | 'objectStore' | 'logger' | 'film'>

const TYPE = 'video/mp4'
/** Bytes that wait to be stored, of one live: where the store does not keep up, pieces are left out rather than held. */
const MOST_WAITING = 64 * 1024 * 1024
const CHUNK = 100

const initKey = (id: LiveId, run: number): string => `live/${id}/${run}.mp4`
const segmentKey = (id: LiveId, msn: number): string => `live/${id}/${msn}.m4s`

/** What was sent, from the first second on, piece by piece as it came; so also of a live whose process died. */
export class Recording {
  readonly #deps: RecordingDeps
  readonly #lines = new Map<LiveId, { last: Promise<void>; waiting: number }>()

  constructor(deps: RecordingDeps) {
    this.#deps = deps
  }

  /** The number that the next piece is to have. */
  next(id: LiveId): Promise<number> {
    return nextMsn(this.#deps.db.query, id)
  }

  /** One after the other, without anybody waiting for it. */
  keep(id: LiveId, piece: Finished | { run: number; init: Buffer }): void {
    const line = this.#lines.get(id) ?? { last: Promise.resolve(), waiting: 0 }
    const { length } = 'init' in piece ? piece.init : piece.bytes
    if (line.waiting + length > MOST_WAITING) {
      this.#deps.logger.warn(
        { live_id: id },
        'a piece of a live is not recorded: the object store is too slow',
      )
      return
    }
    line.waiting += length
    this.#lines.set(id, line)
    line.last = line.last
      .then(() => this.#store(id, piece))
      .catch((err: unknown) =>
        this.#deps.logger.warn({ err, live_id: id }, 'a piece of a live is not recorded'),
      )
      .then(() => {
        line.waiting -= length
        if (line.waiting === 0) this.#lines.delete(id)
      })
  }

  /** Resolves once all is stored that was to be kept here. */
  async settled(id: LiveId): Promise<void> {
    await this.#lines.get(id)?.last
  }

  /** The same of all lives. */
  async idle(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(({ last }) => last))
  }

  async #store(id: LiveId, piece: Finished | { run: number; init: Buffer }): Promise<void> {
    const { db, objectStore } = this.#deps
    const isInit = 'init' in piece
    const key = isInit ? initKey(id, piece.run) : segmentKey(id, piece.msn)
    await objectStore.put(key, isInit ? piece.init : piece.bytes, { contentType: TYPE })
    const isKnown = isInit
      ? (await runsOf(db.query, id)) !== undefined
      : await insertSegment(db.query, id, { ...piece, bytes: piece.bytes.length })
    // It was deleted meanwhile, and nobody would find this any more.
    if (!isKnown) await objectStore.delete([key])
  }

  /** Films of what was recorded: one, unless it would be too long or the source began anew as another. Rejects with `live_no_recording`. */
  async films(id: LiveId): Promise<Readable[]> {
    const segments = await segmentsOf(this.#deps.db.query, id)
    if (segments.length === 0) throw new TintypeError('live_no_recording')
    const byRun = Map.groupBy(segments, ({ run }) => run)
    return joined(
      await Promise.all(
        [...byRun].map(async ([run, some]) => ({
          init: await this.#whole(initKey(id, run)),
          pieces: some.map((row) => this.#piece(id, row)),
        })),
      ),
      this.#deps.film,
    )
  }

  #piece(id: LiveId, { msn, bytes, seconds }: SegmentRow): Piece {
    return { bytes, seconds, read: () => this.#whole(segmentKey(id, msn)) }
  }

  async #whole(key: string): Promise<Buffer> {
    return buffer((await this.#deps.objectStore.get(key)).body)
  }

  /**
   * Twice is once. Its files first: what is left of them is known by its rows alone. Answers how often its source began, for once more
   * when the live itself is gone.
   */
  async drop(id: LiveId, known?: number): Promise<number> {
    const { db } = this.#deps
    await this.settled(id)
    const runs = known ?? (await runsOf(db.query, id)) ?? 0
    await this.#remove(Array.from({ length: runs }, (_, run) => initKey(id, run)))
    for (;;) {
      const segments = await segmentsOf(db.query, id)
      const last = segments.at(-1)
      if (!last) return runs
      await this.#remove(segments.map(({ msn }) => segmentKey(id, msn)))
      await forgetSegments(db.query, id, last.msn)
    }
  }

  async #remove(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += CHUNK)
      await this.#deps.objectStore.delete(keys.slice(at, at + CHUNK))
  }
}
