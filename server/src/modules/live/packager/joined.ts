import { Readable } from 'node:stream'
import { boxesOf, find, inside, runTicks, type Track, tracksOf, typeOf } from './boxes.ts'

/** One run of a source: how it begins, and the pieces of what followed. */
export interface Run {
  init: Buffer
  pieces: AsyncIterable<Buffer>
}

/**
 * Runs of one live as films: those that begin alike (the same encoder, the same size) as one, each beginning where the one before ended.
 * What begins otherwise is a film of its own.
 */
export function joined(runs: readonly Run[]): Readable[] {
  const films: Run[][] = []
  for (const run of runs) {
    const last = films.at(-1)
    if (last?.[0]?.init.equals(run.init)) last.push(run)
    else films.push([run])
  }
  return films.map((film) => Readable.from(bytesOf(film)))
}

async function* bytesOf(film: readonly Run[]): AsyncIterable<Buffer> {
  const [first] = film
  if (!first) return
  yield first.init
  const moov = [...boxesOf(first.init)].find((box) => typeOf(box) === 'moov')
  const line = new Line(moov ? tracksOf(moov) : new Map())
  for (const { pieces } of film) {
    line.next()
    for await (const piece of pieces)
      for (const box of boxesOf(piece)) {
        if (typeOf(box) === 'moof') line.place(box)
        yield box
      }
  }
}

/** Where fragments stand in the film that they become. */
class Line {
  readonly #tracks: ReadonlyMap<number, Track>
  /** Seconds. */
  #end = 0
  #shift: number | undefined

  constructor(tracks: ReadonlyMap<number, Track>) {
    this.#tracks = tracks
  }

  next(): void {
    this.#shift = undefined
  }

  /** Moves a fragment to where the runs before it ended. */
  place(moof: Buffer): void {
    const parts = [...inside(moof)].flatMap((traf) => {
      const [head, time] = [find(traf, 'tfhd'), find(traf, 'tfdt')]
      const track = head && this.#tracks.get(head.readUInt32BE(12))
      return time && track ? [{ traf, head, time, scale: track.scale }] : []
    })
    this.#shift ??=
      this.#end - Math.min(...parts.map(({ time, scale }) => Number(time.readBigUInt64BE(12)) / scale), 1e12)
    for (const { traf, head, time, scale } of parts) {
      const at = Math.max(0, Math.round(Number(time.readBigUInt64BE(12)) + this.#shift * scale))
      time.writeBigUInt64BE(BigInt(at), 12)
      const run = find(traf, 'trun')
      if (run) this.#end = Math.max(this.#end, (at + runTicks(run, head)) / scale)
    }
  }
}
