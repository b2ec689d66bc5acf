import { Readable } from 'node:stream'
import { boxesOf, find, inside, runTicks, type Track, tracksOf, typeOf } from './boxes.ts'

export interface Piece {
  bytes: number
  seconds: number
  read(): Promise<Buffer>
}

/** One run of a source: how it begins, and the pieces of what followed. */
export interface Run {
  init: Buffer
  pieces: readonly Piece[]
}

/** What a film may be, at most. */
export interface FilmLimits {
  bytes: number
  seconds: number
}

interface Film extends FilmLimits {
  init: Buffer
  runs: Piece[][]
}

/** Sound may go on beyond the last picture. */
const SPARE_SECONDS = 1

/**
 * Runs of one live as films: those that begin alike (the same encoder, the same size) as one, each beginning where the one before ended.
 * What begins otherwise is a film of its own, and so is what would make one larger or longer than it may be.
 */
export function joined(runs: readonly Run[], most: FilmLimits): Readable[] {
  const films: Film[] = []
  for (const { init, pieces } of runs) {
    let before: Film | undefined
    for (const piece of pieces) {
      const last = films.at(-1)
      const film = last && takes(last, init, piece, most) ? last : newFilm(init)
      if (film !== last) films.push(film)
      if (film !== before) film.runs.push([])
      before = film
      film.runs.at(-1)?.push(piece)
      film.bytes += piece.bytes
      film.seconds += piece.seconds
    }
  }
  return films.map((film) => Readable.from(bytesOf(film)))
}

const newFilm = (init: Buffer): Film => ({ init, bytes: init.length, seconds: SPARE_SECONDS, runs: [] })

const takes = (film: Film, init: Buffer, piece: Piece, most: FilmLimits): boolean =>
  film.init.equals(init) &&
  film.bytes + piece.bytes <= most.bytes &&
  film.seconds + piece.seconds <= most.seconds

async function* bytesOf({ init, runs }: Film): AsyncIterable<Buffer> {
  yield init
  const moov = [...boxesOf(init)].find((box) => typeOf(box) === 'moov')
  const line = new Line(moov ? tracksOf(moov) : new Map())
  for (const pieces of runs) {
    line.next()
    for (const piece of pieces)
      for (const box of boxesOf(await piece.read())) {
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
