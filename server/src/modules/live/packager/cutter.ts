import { defaultsOf, find, inside, NOT_A_KEY, runOf, type Track, tracksOf, typeOf } from './boxes.ts'

/** A piece of film as a player is given it while the next is made. */
export interface Part {
  bytes: Buffer
  /** Of its pictures. */
  seconds: number
  /** It begins with a picture that stands alone. */
  key: boolean
}

export interface Cut {
  init?: Buffer
  parts: Part[]
}

/** No box of a live is as large; what claims to be is no film. */
const MOST_BYTES = 8 * 1024 * 1024
const HEAD = 8

/**
 * Cuts a fragmented MP4 (ISO 14496-12), as it comes, into its beginning (`ftyp`, `moov`) and its fragments (`moof`, `mdat`). A fragment
 * without pictures goes with the next.
 */
export class Cutter {
  #held: Buffer = Buffer.alloc(0)
  #front: Buffer[] = []
  #tracks = new Map<number, Track>()
  #moof: Buffer | undefined
  #before: Buffer[] = []

  take(chunk: Buffer): Cut {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const cut: Cut = { parts: [] }
    while (this.#held.length >= HEAD) {
      const size = this.#held.readUInt32BE(0)
      if (size < HEAD || size > MOST_BYTES) throw new Error(`a box of ${size} bytes`)
      if (this.#held.length < size) break
      // A copy: parts are kept for a while, what they came in need not be.
      const box = Buffer.from(this.#held.subarray(0, size))
      this.#held = this.#held.subarray(size)
      this.#box(box, cut)
    }
    return cut
  }

  #box(box: Buffer, cut: Cut): void {
    const type = typeOf(box)
    if (type === 'ftyp') this.#front = [box]
    else if (type === 'moov') {
      this.#tracks = tracksOf(box)
      cut.init = Buffer.concat([...this.#front, box])
    } else if (type === 'moof') this.#moof = box
    else if (type === 'mdat' && this.#moof) {
      const { seconds, key } = pictureOf(this.#moof, this.#tracks)
      const bytes = [...this.#before, this.#moof, box]
      this.#moof = undefined
      this.#before = seconds > 0 ? [] : bytes
      if (seconds > 0) cut.parts.push({ bytes: Buffer.concat(bytes), seconds, key })
    }
  }
}

/** How long the pictures of a fragment last, and whether the first stands alone. */
function pictureOf(moof: Buffer, tracks: ReadonlyMap<number, Track>): { seconds: number; key: boolean } {
  for (const traf of inside(moof)) {
    const [head, run] = [find(traf, 'tfhd'), find(traf, 'trun')]
    const track = head && tracks.get(head.readUInt32BE(12))
    if (typeOf(traf) !== 'traf' || !head || !run || !track?.isVideo) continue
    const { ticks, flags } = runOf(run, defaultsOf(head))
    return { seconds: ticks / track.scale, key: (flags & NOT_A_KEY) === 0 }
  }
  return { seconds: 0, key: false }
}

/** What a player has to know before it asks for anything (RFC 6381), of an initialisation segment. */
export function codecsOf(init: Buffer): string[] {
  const at = init.indexOf('avcC', 0, 'latin1')
  const video = at < 0 ? [] : [`avc1.${init.toString('hex', at + 5, at + 8)}`]
  return [...video, ...(init.includes('mp4a', 0, 'latin1') ? ['mp4a.40.2'] : [])]
}
