/** An address as it is compared: IPv4 by its number, IPv6 by 32 hexadecimal digits. */
export type AddressKey = number | string

/** From the first address to the last, both in it. */
export interface AddressRange {
  first: AddressKey
  last: AddressKey
}

/** Undefined for what is no address. One of IPv4 that came mapped into IPv6 is that of IPv4, and an interface's name is left off. */
export function addressKey(text: string): AddressKey | undefined {
  if (!text.includes(':')) return keyOf4(text)
  const digits = digitsOf6(text)
  if (digits?.startsWith(MAPPED)) return Number.parseInt(digits.slice(24), 16)
  return digits
}

const MAPPED = '00000000000000000000ffff'
const ZERO = 48
const NINE = 57
const DOT = 46

/** No leading zeros: some read them as octal. */
function keyOf4(text: string): number | undefined {
  let [key, part, length, dots] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT) {
      if (length === 0) return undefined
      key = key * 256 + part
      ;[part, length] = [0, 0]
      dots++
    } else if (code >= ZERO && code <= NINE) {
      if (length > 0 && part === 0) return undefined
      part = part * 10 + code - ZERO
      length++
      if (part > 255) return undefined
    } else return undefined
  }
  return dots === 3 && length > 0 ? key * 256 + part : undefined
}

function digitsOf6(text: string): string | undefined {
  const zone = text.indexOf('%')
  const halves = (zone < 0 ? text : text.slice(0, zone)).split('::')
  if (halves.length > 2) return undefined
  const [head = '', tail] = halves
  const before = groupsOf(head, tail === undefined)
  const after = tail === undefined ? '' : groupsOf(tail, true)
  if (before === undefined || after === undefined) return undefined
  const missing = 32 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 4) return undefined
  return before + '0'.repeat(missing) + after
}

/** The last group may be an address of IPv4. */
function groupsOf(text: string, isEnd: boolean): string | undefined {
  if (text === '') return ''
  const groups = text.split(':')
  let digits = ''
  for (const [at, group] of groups.entries()) {
    if (isEnd && at === groups.length - 1 && group.includes('.')) {
      const key = keyOf4(group)
      if (key === undefined) return undefined
      digits += key.toString(16).padStart(8, '0')
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) digits += group.toLowerCase().padStart(4, '0')
    else return undefined
  }
  return digits
}

/** Of `203.0.113.0/24`, `2001:db8::/32` or one address. Bits beyond the prefix do not count. */
export function parseRange(text: string): (AddressRange & { version: 4 | 6; bits: number }) | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  const key = addressKey(address)
  if (key === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix ?? '0')) return undefined
  // A prefix of a mapped address counts the 96 bits before it.
  const isMapped = typeof key === 'number' && address.includes(':')
  const width = typeof key === 'number' ? 32 : 128
  const bits = prefix === undefined ? width : Number(prefix) - (isMapped ? 96 : 0)
  if (bits < 0 || bits > width) return undefined
  if (typeof key === 'number') {
    const size = 2 ** (32 - bits)
    const first = Math.floor(key / size) * size
    return { first, last: first + size - 1, version: 4, bits }
  }
  const [value, size] = [BigInt(`0x${key}`), 1n << BigInt(128 - bits)]
  const first = (value / size) * size
  const digits = (each: bigint) => each.toString(16).padStart(32, '0')
  return { first: digits(first), last: digits(first + size - 1n), version: 6, bits }
}

/** A slip of the finger is not to shut everybody out: the widest range that is refused, by its prefix. */
const WIDEST = { 4: 8, 6: 16 } as const

export const isTooWide = ({ version, bits }: { version: 4 | 6; bits: number }): boolean =>
  bits < WIDEST[version]

/** Addresses of many ranges; looking one up costs the logarithm of how many there are. */
export class AddressSet {
  readonly #ranges4: AddressRange[]
  readonly #ranges6: AddressRange[]

  constructor(ranges: readonly AddressRange[] = []) {
    this.#ranges4 = apart(ranges.filter(({ first }) => typeof first === 'number'))
    this.#ranges6 = apart(ranges.filter(({ first }) => typeof first === 'string'))
  }

  has(key: AddressKey): boolean {
    const ranges = typeof key === 'number' ? this.#ranges4 : this.#ranges6
    let [low, high] = [0, ranges.length]
    // The first range that begins after the address.
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((ranges[middle] as AddressRange).first <= key) low = middle + 1
      else high = middle
    }
    const before = ranges[low - 1]
    return before !== undefined && before.last >= key
  }
}

/** In order, none touching another: then the one that begins last before an address is the only one it can be in. */
function apart(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const merged: AddressRange[] = []
  for (const { first, last } of sorted) {
    const before = merged.at(-1)
    if (!before || before.last < first) merged.push({ first, last })
    else if (before.last < last) before.last = last
  }
  return merged
}
