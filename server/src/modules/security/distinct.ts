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
    const at = hash(thing) % BITS
    const [byte, mask] = [at >>> 3, 1 << (at & 7)]
    const before = seen.bits[byte] as number
    seen.bits[byte] = before | mask
    return (before & mask) === 0
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
