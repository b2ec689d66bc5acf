import type { ActId, KnownPictureChoice } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type KnownPicture, readKnown } from './picture-store.ts'

/** Of 256 bits so many may be different: PDQ's own bound. Of the demo's photographs the two most alike are 88 apart. */
const ALIKE = 31
const WORDS = 8
const TTL = 3600

interface Known {
  choice: KnownPictureChoice
  known: readonly KnownPicture[]
}
/** The act that removed what a picture looks like, and in how many bits they differ. */
export interface Recognised {
  act_id: ActId
  bits: number
  isRefused: boolean
}

/** Pictures that moderators removed, for whoever takes new ones: known in memory, and gone through one by one (20 ms for 100 000 on a busy machine). */
export class KnownPictures {
  readonly #db: Db
  readonly #lists: Entries<'all', Known>
  readonly #read = new WeakMap<Known, Uint32Array>()

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#lists = cache.entries('known-pictures', {
      ttl: TTL,
      forgets: [on(['moderation.pictures_changed'], () => ['all' as const])],
    })
  }

  /** The nearest to any of a picture's hashes; undefined where none is near. */
  async recognise(hashes: readonly string[]): Promise<Recognised | undefined> {
    if (hashes.length === 0) return undefined
    const list = await this.#lists.through('all', () => readKnown(this.#db.query))
    const words = this.#wordsOf(list)
    let nearest: { at: number; bits: number } | undefined
    for (const hash of hashes) {
      const found = nearestOf(words, wordsOf([hash]), nearest ? nearest.bits - 1 : ALIKE)
      nearest = found ?? nearest
    }
    const act_id = nearest && list.known[nearest.at]?.act_id
    return nearest && act_id ? { act_id, bits: nearest.bits, isRefused: list.choice === 'refuse' } : undefined
  }

  #wordsOf(list: Known): Uint32Array {
    const read = this.#read.get(list) ?? wordsOf(list.known.map(({ hash }) => hash))
    this.#read.set(list, read)
    return read
  }
}

const wordsOf = (hashes: readonly string[]): Uint32Array =>
  Uint32Array.from({ length: hashes.length * WORDS }, (_, at) =>
    Number.parseInt(hashes[Math.floor(at / WORDS)]?.slice((at % WORDS) * 8, (at % WORDS) * 8 + 8) ?? '', 16),
  )

/** Where, and how near, within `most` bits. */
function nearestOf(
  known: Uint32Array,
  asked: Uint32Array,
  most: number,
): { at: number; bits: number } | undefined {
  let found: { at: number; bits: number } | undefined
  let bound = most
  for (let from = 0; from < known.length; from += WORDS) {
    let bits = 0
    for (let word = 0; word < WORDS && bits <= bound; word++)
      bits += onesIn((known[from + word] ?? 0) ^ (asked[word] ?? 0))
    if (bits > bound) continue
    found = { at: from / WORDS, bits }
    bound = bits - 1
  }
  return found
}

/** Warren, Hacker's Delight, 5-1. */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
