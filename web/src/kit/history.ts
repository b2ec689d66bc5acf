/**
 * Undo and redo over immutable states. Steps recorded with the same `stroke` (one drag of a slider, one pan) become
 * one entry, until `endStroke`.
 */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  readonly stroke: string | null
}

/** Enough for any sitting; states share all they can, so each costs a few hundred bytes. */
const KEPT = 200

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], stroke: null })

export function record<T>(history: History<T>, next: T, stroke: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history
  if (stroke !== null && stroke === history.stroke) return { ...history, present: next, future: [] }
  return { past: [...history.past, history.present].slice(-KEPT), present: next, future: [], stroke }
}

export const endStroke = <T>(history: History<T>): History<T> =>
  history.stroke === null ? history : { ...history, stroke: null }

/** Changes the present without making a step, for what people do not do themselves (a size becoming known). */
export const amend = <T>(history: History<T>, change: (state: T) => T): History<T> => ({
  past: history.past.map(change),
  present: change(history.present),
  future: history.future.map(change),
  stroke: history.stroke,
})

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1)
  if (previous === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    stroke: null,
  }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future: rest, stroke: null }
}
