import { between } from './chance.ts'
import type { Line, Talk } from './community/talks.ts'

const HOUR = 3_600_000

/** A conversation is known by its place among the talks, a line by its place in it. */
export type TalkAction = { at: number; who: string; talk: number } & (
  | { do: 'begin'; others: readonly string[]; name: string | undefined }
  | { do: 'say'; index: number; line: Line }
  | { do: 'respond'; index: number; emoji: string }
  | { do: 'look' }
)

/** Everything said in private up to `now`, in the order it is said; who reads on the way has read what comes before. */
export function talkActions(talks: readonly Talk[], now: number): TalkAction[] {
  return talks.flatMap((talk, index) => actionsOf(talk, index, now))
}

function actionsOf(
  { members, name, hours, lines, unreadBy = [] }: Talk,
  talk: number,
  now: number,
): TalkAction[] {
  const [first = '', ...others] = members
  const [from, to] = hours
  const step = ((from - to) * HOUR) / Math.max(1, lines.length)
  const timeOf = (index: number) => now - from * HOUR + step * (index + between(0.1, 0.9, talk, index))
  const said = lines.flatMap((line, index): TalkAction[] => {
    const at = timeOf(index)
    const reactions = (line.reactions ?? []).map(([who, emoji], place) => ({
      do: 'respond' as const,
      at: at + (place + 1) * 0.05 * step,
      who,
      talk,
      index,
      emoji,
    }))
    return [{ do: 'say', at, who: line.who, talk, index, line }, ...reactions]
  })
  const seen = members
    .filter((who) => !unreadBy.includes(who))
    .map((who) => ({ do: 'look' as const, at: now - to * HOUR * 0.5, who, talk }))
  return [{ do: 'begin', at: now - from * HOUR, who: first, talk, others, name }, ...said, ...seen]
}
