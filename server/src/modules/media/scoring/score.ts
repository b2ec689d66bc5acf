import type { PictureScore } from '@tintype/contract'

/** Which program scores, by the release that its weights came with: another one scores anew. */
export const MODEL = 'nsfwjs 4.3 mobilenet_v2_mid'

export type Shares = PictureScore['shares']

/** What is looked at: one picture, or frames of a film side by side in one file. */
export interface ScoreTask {
  path: string
  /** Squares in a row; what is one picture is pressed into one. */
  tiles: number
}

/** Of each tile that was looked at, which, and what it is taken for. */
export type Looked = { tile: number; shares: Shares }[]

export interface Scored {
  score: number
  shares: Shares
  /** Which decided. */
  tile: number
}

/** A lone frame of a film is often blurred or dark, and proves nothing; the second most of three or more does. */
const FRAMES_THAT_PROVE = 3

/** Undefined where nothing was looked at. */
export function decided(looked: Looked): Scored | undefined {
  const all = looked
    .map(({ tile, shares }) => ({ tile, shares, score: scoreOf(shares) }))
    .sort((a, b) => b.score - a.score)
  return all[all.length >= FRAMES_THAT_PROVE ? 1 : 0]
}

/** 0 to 100, rounded down: what is a little less than a threshold is below it. What only suggests does not count. */
export const scoreOf = ({ porn, hentai }: Shares): number => Math.min(100, Math.floor((porn + hentai) * 100))
