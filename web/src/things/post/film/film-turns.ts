import { readStored, writeStored } from '../../../data/storage.ts'
import { createCell } from '../../../kit/cell.ts'

/** Whether films are heard, for all of them: whoever turned one up has turned up the next. */
export const isHeard = createCell(false)

/** The member's choice; among reels it is remembered. */
export function setHeard(heard: boolean): void {
  isHeard.set(heard)
  writeStored('tintype.sound', heard ? 'on' : null)
}

/** Reels begin as they were left. Where the browser lets nothing be heard before a press, silent (see use-film). */
export const recallSound = (): void => isHeard.set(readStored('tintype.sound') === 'on')

/** How much of a film is seen, 0…1, by those that could play. */
const seen = new Map<symbol, number>()

/** The one that may play: the one that is seen most, the first of several. */
export const onTurn = createCell<symbol | null>(null)

/** Less of it is not looked at. */
const ENOUGH = 0.6

/** Tells how much of a film is seen; 0: it is gone. */
export function tellSeen(film: symbol, share: number): void {
  if (share > 0) seen.set(film, share)
  else seen.delete(film)
  const now = onTurn.get()
  // One that plays goes on until it is not looked at any more: two that are half seen do not change places with every line scrolled.
  if (now && (seen.get(now) ?? 0) >= ENOUGH) return
  const [best] = [...seen].filter(([, much]) => much >= ENOUGH).sort(([, a], [, b]) => b - a)
  onTurn.set(best?.[0] ?? null)
}

/** Takes the turn, whatever else is seen: its viewer has pressed play. */
export const takeTurn = (film: symbol): void => onTurn.set(film)
