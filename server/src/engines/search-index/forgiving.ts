import type { WantedRun } from './port.ts'

/** How many edits are forgiven in a word as it was typed. */
export const editsFor = (length: number): 0 | 1 | 2 => (length < 3 ? 0 : length < 6 ? 1 : 2)

/** One edit is forgiven from three letters on. */
export const isForgivable = ({ run, isForgiving }: WantedRun): boolean =>
  isForgiving && run.length === 1 && editsFor([...(run[0] ?? '')].length) > 0

/** Of a mistyped word that is only begun, so many letters have to be right. */
export const headOf = (length: number): number => Math.max(3, Math.ceil(length / 2))
