import type { UserId } from '@tintype/contract'
import { idTime } from '../../../kit/ids.ts'
import { lruOf } from '../../../kit/lru.ts'
import { type Coming, likeness, shinglesOf } from './features.ts'

const MEMBERS = 5000
const TEXTS = 20
const HOUR_MS = 3_600_000
const RATE_MS = 600_000

interface Said {
  id: string
  at: number
  shingles: Uint32Array | undefined
}

/** What members wrote lately, as far as this process took it: in memory, so that nothing is asked for each text (10 MB at most). */
export class Recent {
  readonly #said = lruOf<UserId, Said[]>(MEMBERS)

  /** How a text comes, and remembers it. The age of an account stands in its id. */
  note(writer: UserId, id: string, text: string, now: number): Coming {
    const known = (this.#said.get(writer) ?? []).filter((one) => one.id !== id && now - one.at < HOUR_MS)
    const shingles = shinglesOf(text)
    this.#said.set(writer, [...known.slice(1 - TEXTS), { id, at: now, shingles }])
    return {
      alike: known.flatMap((one) => (one.shingles && shingles ? [likeness(one.shingles, shingles)] : [])),
      texts: known.filter(({ at }) => now - at < RATE_MS).length + 1,
      accountAge: now - idTime(writer),
    }
  }
}
