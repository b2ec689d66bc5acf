import { weightAt } from '../../kit/forward-decay.ts'

const DAY = 86_400_000
/** Of what members like. A double holds it for some eighty years from then. */
export const TASTE_HALF_LIFE = 30 * DAY

export const tasteWeight = (ms: number): number => weightAt(ms, TASTE_HALF_LIFE)

/** Half-lives of what happens now, and of what is usual. */
export const FAST = 6 * 3_600_000
export const SLOW = 7 * DAY

/** The same for short half-lives, as a logarithm to base two, which no number of years overflows. */
export const heatOf = (deeds: number, ms: number, halfLife: number): number =>
  Math.log2(deeds) + ms / halfLife
export const deedsNow = (heat: number, ms: number, halfLife: number): number => 2 ** (heat - ms / halfLife)

/**
 * How far what happens to a post now lies above what its author's posts together get in as long, in standard deviations of a Poisson
 * process. A steady rate of r a second sums to r · half-life / ln 2, hence the share.
 */
export function trend(fast: number, authorSlow: number): number {
  const usual = authorSlow * (FAST / SLOW)
  return (fast - usual) / Math.sqrt(usual + 1)
}

/** Few members in common say little: with so many the likeness counts half. */
const SHRINK = 2

/**
 * Item-item likeness of implicit feedback: the cosine of two posts' columns of the matrix members × posts (Sarwar, Karypis, Konstan, Riedl,
 * 2001; Linden, Smith, York, 2003), shrunk where it rests on few (Bell, Koren, 2007). All weights are of one moment.
 */
export function likeness(together: number, one: number, other: number): number {
  if (together <= 0 || one <= 0 || other <= 0) return 0
  return Math.min(1, together / Math.sqrt(one * other)) * (together / (together + SHRINK))
}
