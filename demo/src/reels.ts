import type { Action } from './almanac.ts'
import { between, chance } from './chance.ts'
import type { PhotographName } from './photographs.ts'
import type { Member } from './script.ts'

const HOUR = 3_600_000

interface Reel {
  photograph: PhotographName
  caption: string
  /** Hertz. */
  tone: number
  sharesSound?: boolean
  /** Whose first reel it takes its sound of. */
  soundOf?: string
}

export type ReelAction = { at: number } & (
  | { do: 'reel'; who: string; post: string; reel: Reel }
  /** `share`: how much of it they saw, 0…1. */
  | { do: 'watch'; who: string; post: string; share: number; again: boolean }
)

/** By whom and how many hours ago; each is made when the demo is filled, so they are few. */
const reels: readonly (Reel & { who: string; hours: number })[] = [
  {
    who: 'salt.and.slate',
    hours: 50,
    photograph: 'lighthouse',
    caption: 'Five seconds of standing very still at the end of the bridge. #bluehour #lighthouse',
    tone: 110,
    sharesSound: true,
  },
  {
    who: 'marta.fells',
    hours: 41,
    photograph: 'cliff',
    caption: 'Worth the four hours up. #fells',
    tone: 147,
  },
  {
    who: 'green.house9',
    hours: 30,
    photograph: 'acanthus',
    caption: 'Spines, closer. With Orla’s sea under it, because why not. #botany',
    tone: 131,
    soundOf: 'salt.and.slate',
  },
  { who: 'mina.pours', hours: 22, photograph: 'latte', caption: 'Morning, slowly. #coffee', tone: 165 },
  { who: 'pale.blue', hours: 9, photograph: 'jupiter-half', caption: 'Bands and storms. #sky', tone: 98 },
]

/** Reels of the last days, with who watched and liked them. */
export function reelActions(members: readonly Member[], now: number): (ReelAction | Action)[] {
  const names = new Set(members.map(({ username }) => username))
  return reels
    .filter(({ who }) => names.has(who))
    .flatMap(({ who, hours, ...reel }) => {
      const at = now - hours * HOUR
      const post = `${who}/reel`
      const viewers = members.filter(
        ({ username }) => username !== who && chance(username, post, 'sees') < 0.6,
      )
      return [
        { do: 'reel' as const, at, who, post, reel },
        ...viewers.flatMap(({ username }): (ReelAction | Action)[] => {
          const when = between(at + HOUR, now, username, post, 'when')
          const share = Math.min(1, 0.3 + chance(username, post, 'share'))
          const again = chance(username, post, 'again') < 0.2
          const isLiked = share === 1 && chance(username, post, 'likes') < 0.6
          return [
            { do: 'watch', at: when, who: username, post, share, again },
            ...(isLiked ? [{ do: 'like' as const, at: when + 1, who: username, post }] : []),
          ]
        }),
      ]
    })
}
