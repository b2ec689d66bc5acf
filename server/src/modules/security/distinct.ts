import { fnv1a } from '../../kit/fnv.ts'
import { lruOf } from '../../kit/lru.ts'

const BITS = 4096
const SPAN_MS = 3_600_000

/** Whether somebody comes to something they have not come to within the hour: by one bit for each, so now and then it says no too often. */
export class Distinct {
  readonly #seen

  constructor(sources = 5000) {
    this.#seen = lruOf<string, { bits: Uint8Array; since: number }>(sources)
  }

  isNew(source: string, thing: string, now: number): boolean {
    const known = this.#seen.get(source)
    const seen = known && now - known.since < SPAN_MS ? known : { bits: new Uint8Array(BITS / 8), since: now }
    if (seen !== known) this.#seen.set(source, seen)
    const at = (fnv1a(thing) >>> 0) % BITS
    const [byte, mask] = [at >>> 3, 1 << (at & 7)]
    const before = seen.bits[byte] as number
    seen.bits[byte] = before | mask
    return (before & mask) === 0
  }
}
