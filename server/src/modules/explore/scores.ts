import type { PostId } from '@tintype/contract'
import { idTime } from '../../kit/ids.ts'

/** A post counts half as much with every so many milliseconds of its age, where sources would else not know new from old. */
const FRESH = 5 * 86_400_000

export const fresh = (id: PostId, now: number): number => 2 ** (-Math.max(0, now - idTime(id)) / FRESH)

/** Highest first. */
export function byScore<T>(items: readonly T[], scoreOf: (item: T) => number): T[] {
  return items
    .map((item) => ({ item, score: scoreOf(item) }))
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item)
}
