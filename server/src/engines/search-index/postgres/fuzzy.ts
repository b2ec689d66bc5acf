import { fnv1a } from '../../../kit/fnv.ts'

/**
 * Words that are nearly the same, found by an index: a word is cut into pieces, one more than the edits that are allowed, so that one piece
 * of it stands unharmed in whatever it is mistyped as (Li et al., PASS-JOIN, VLDB 2011). Five numbers a word, shared by many words, where an
 * index of all deletions (SymSpell) has some thirty of its own, and where trigrams of short words have nothing left after two edits.
 */

/** One edit: two pieces. */
const halves = (length: number): [at: number, size: number][] => {
  const half = Math.floor(length / 2)
  return [
    [0, half],
    [half, length - half],
  ]
}
/** Two edits: three pieces. */
const thirds = (length: number): [at: number, size: number][] => {
  const size = Math.floor(length / 3)
  const last = length - Math.floor(length / 3)
  return [
    [0, size],
    [size, last - size],
    [last, length - last],
  ]
}

/** Words of more letters are not forgiven: nobody types them, and comparing takes length². */
const LONGEST = 40

/** As PostgreSQL's integer. Pieces that collide cost a comparison. */
const numberOf = (text: string): number => fnv1a(text) | 0

const halfOf = (length: number, part: number, text: string) => numberOf(`1 ${length} ${part} ${text}`)
/** Two edits, and the first letter is wrong, is not found: that makes a piece of two letters fifteen times as rare. */
const thirdOf = (length: number, part: number, first: string, text: string) =>
  numberOf(`2 ${length} ${part} ${first} ${text}`)

const isPieced = (length: number) => length >= 2 && length <= LONGEST

/** What a word is found by. */
export function piecesOf(word: string): number[] {
  const letters = [...word]
  const { length } = letters
  if (!isPieced(length)) return []
  const cut = (at: number, size: number) => letters.slice(at, at + size).join('')
  const first = letters[0] ?? ''
  return [
    ...halves(length).map(([at, size], part) => halfOf(length, part, cut(at, size))),
    ...(length < 4
      ? []
      : thirds(length).map(([at, size], part) => thirdOf(length, part, first, cut(at, size)))),
  ]
}

/** Numbers of which a word has one that is so near; others may have one, too. */
export function piecesNear(typed: string): number[] {
  const letters = [...typed]
  const { length } = letters
  if (!isPieced(length)) return []
  const cut = (at: number, size: number) =>
    at >= 0 && at + size <= length ? letters.slice(at, at + size).join('') : undefined
  const near = new Set<number>()
  for (let other = Math.max(2, length - 1); other <= length + 1; other++)
    for (const [part, [at, size]] of halves(other).entries()) {
      const text = cut(part === 0 ? at : at + length - other, size)
      if (text !== undefined) near.add(halfOf(other, part, text))
    }
  // Also where one edit is forgiven: letters that changed places count as two here.
  for (let other = Math.max(4, length - 2); length >= 4 && other <= length + 2; other++)
    for (const [part, [at, size]] of thirds(other).entries())
      for (const shift of shiftsOf(part, length - other)) {
        const text = cut(at + shift, size)
        if (text !== undefined) near.add(thirdOf(other, part, letters[0] ?? '', text))
      }
  return [...near]
}

/** By how much a piece can be moved, where the edits before and behind it are two at most. */
function shiftsOf(part: number, longer: number): number[] {
  if (part === 0) return [0]
  if (part === 2) return [longer]
  return [-2, -1, 0, 1, 2].filter((shift) => Math.abs(shift) + Math.abs(longer - shift) <= 2)
}

/** Edits between two words; letters that changed places are one (optimal string alignment). */
export function editsBetween(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY

/** The same where the second is only begun: the least of its beginnings. */
export function editsToBeginning(typed: string, word: string): number {
  const letters = [...word]
  const { length } = [...typed]
  return Math.min(
    ...[length - 1, length, length + 1].map((size) => editsBetween(typed, letters.slice(0, size).join(''))),
  )
}
