/** A source of chance that is the same for the same seed: sfc32, 128 bits of state. */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: string) {
    ;[this.#a, this.#b, this.#c] = [hash32(`${seed}/a`), hash32(`${seed}/b`), hash32(`${seed}/c`)]
    for (let i = 0; i < 15; i++) this.bits()
  }

  /** 32 of them, as an unsigned number. */
  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }

  /** 0 ≤ x < 1. */
  unit(): number {
    return this.bits() / 2 ** 32
  }

  /** 0 ≤ n < below. */
  below(below: number): number {
    return Math.floor(this.unit() * below)
  }

  /** Around `mean`, with a long tail; `spread` is the standard deviation of its logarithm. */
  logNormal(mean: number, spread: number): number {
    const gauss = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
    return mean * Math.exp(spread * gauss - (spread * spread) / 2)
  }

  shuffle(list: Uint32Array): Uint32Array {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const kept = list[i] as number
      list[i] = list[j] as number
      list[j] = kept
    }
    return list
  }
}

/** FNV-1a with a last mix, so that near texts give far numbers. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  return hash >>> 0
}

/** Draws numbers 0…n-1 by weight in constant time (Vose's alias method). */
export class Weighted {
  readonly #odds: Float64Array
  readonly #alias: Uint32Array

  constructor(weights: ArrayLike<number>) {
    const n = weights.length
    let sum = 0
    for (let i = 0; i < n; i++) sum += weights[i] as number
    const scaled = Float64Array.from(weights, (weight) => (weight * n) / sum)
    this.#odds = new Float64Array(n).fill(1)
    this.#alias = Uint32Array.from({ length: n }, (_, i) => i)
    const small: number[] = []
    const large: number[] = []
    for (let i = 0; i < n; i++) ((scaled[i] as number) < 1 ? small : large).push(i)
    while (small.length > 0 && large.length > 0) {
      const low = small.pop() as number
      const high = large.at(-1) as number
      this.#odds[low] = scaled[low] as number
      this.#alias[low] = high
      scaled[high] = (scaled[high] as number) - 1 + (scaled[low] as number)
      if ((scaled[high] as number) < 1) small.push(large.pop() as number)
    }
  }

  draw(random: Random): number {
    const i = random.below(this.#odds.length)
    return random.unit() < (this.#odds[i] as number) ? i : (this.#alias[i] as number)
  }
}

/** Zipf's law: the weight of rank r (0 is first) is (r+1)^-exponent. */
export const zipf = (ranks: number, exponent: number): Weighted =>
  new Weighted(Float64Array.from({ length: ranks }, (_, rank) => (rank + 1) ** -exponent))
