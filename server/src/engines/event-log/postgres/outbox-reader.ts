import type { Sql } from '../../db/port.ts'
import { readFirstSeq, readPiece, readTail, readWindow } from './log-store.ts'
import { at, type EventRow, type Position } from './rows.ts'
import type { Piece, ReaderSource } from './share-reader.ts'
import { Tail, type Window } from './tail.ts'

export interface OutboxReaderOptions {
  db: Sql
  /** Called with what was read, and awaited, before it is handed out. */
  prepare(rows: EventRow[]): Promise<void>
  onError(error: unknown): void
}

const PIECE = 1000

/** Reads the outbox as a log: its newest part once for all who follow it here, what is older for each. */
export class OutboxReader {
  readonly tail: Tail
  readonly #options: OutboxReaderOptions

  constructor(options: OutboxReaderOptions) {
    this.#options = options
    this.tail = new Tail({
      read: async (xid, limit) => {
        const found = await readTail(options.db, xid, limit)
        await options.prepare(found.rows)
        return found
      },
      onError: options.onError,
    })
  }

  /** Without types: of all, those included that this version does not know. */
  sourceOf(types: readonly string[] | undefined): ReaderSource {
    return {
      isAtEnd: (_share, position) => position.until === null && position.xid >= this.tail.frontier,
      next: (share, position, signal) => this.#next(types, share, position, signal),
    }
  }

  async #next(
    types: readonly string[] | undefined,
    share: number,
    { xid, until, seq }: Position,
    signal: AbortSignal,
  ): Promise<Piece | undefined> {
    const ofShare = { xid, share, types }
    if (until !== null) return this.#piece({ ...ofShare, until }, seq ?? 0)
    const window = await this.tail.next(xid, signal)
    if (signal.aborted || this.tail.isStopped) return undefined
    if (window?.byShare) return { rows: fromOn(xid, window, share), after: at(window.hi) }
    return this.#window({ ...ofShare, until: window?.hi ?? this.tail.frontier })
  }

  async #window(range: Omit<Parameters<typeof readWindow>[1], 'limit'>): Promise<Piece> {
    const { xid, until } = range
    const rows = await readWindow(this.#options.db, { ...range, limit: PIECE + 1 })
    if (rows.length > PIECE)
      return { rows: [], after: { xid, until, seq: await readFirstSeq(this.#options.db, xid, until) } }
    await this.#options.prepare(rows)
    return { rows: rows.sort((a, b) => a.seq - b.seq), after: at(until) }
  }

  async #piece(range: Omit<Parameters<typeof readPiece>[1], 'limit'>, afterSeq: number): Promise<Piece> {
    const { xid, until } = range
    const rows = await readPiece(this.#options.db, { ...range, limit: PIECE }, afterSeq)
    await this.#options.prepare(rows)
    const last = rows.at(-1)
    const isWhole = rows.length < PIECE || last === undefined
    return { rows, after: isWhole ? at(until) : { xid, until, seq: last.seq } }
  }
}

/** A window may have begun before the position. */
const fromOn = (xid: number, window: Window, share: number): readonly EventRow[] => {
  const rows = window.byShare?.[share] ?? []
  return window.lo >= xid ? rows : rows.filter((row) => row.xid >= xid)
}
