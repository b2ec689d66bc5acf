/** Milliseconds of one task that such work may take. */
const BUDGET = 8

let spent = 0
let isDue = false
const waiting = new Set<() => void>()

/**
 * Does small work at once as long as nobody is held up by it, and what is more in tasks of their own, one after the other; `late` work
 * always so. Answers how to call it off.
 */
export function inBudget(work: () => void, late = false): () => void {
  if (!isDue) setTimeout(nextTask)
  isDue = true
  if (late || waiting.size > 0 || spent >= BUDGET) waiting.add(work)
  else run(work)
  return () => void waiting.delete(work)
}

function run(work: () => void): void {
  const from = performance.now()
  work()
  spent += performance.now() - from
}

function nextTask(): void {
  isDue = false
  spent = 0
  for (const work of waiting) {
    if (spent >= BUDGET) break
    waiting.delete(work)
    run(work)
  }
  if (waiting.size === 0) return
  isDue = true
  setTimeout(nextTask)
}
