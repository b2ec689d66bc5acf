/** Values looked at before the rest is guessed from their average: a page of posts costs no more than a post. */
const SAMPLE = 64
const OVERHEAD = 64

/** Roughly how many bytes a JSON-like value takes in memory. Cheap and never exact; made to bound a cache. */
export function roughBytes(key: string, value: unknown): number {
  const budget = { left: SAMPLE }
  return OVERHEAD + key.length + bytesOf(value, budget)
}

function bytesOf(value: unknown, budget: { left: number }): number {
  budget.left--
  if (typeof value === 'string') return 16 + value.length
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return 64 + value.byteLength
  if (value instanceof Map || value instanceof Set)
    return 64 + sum([...value.values()], budget) + value.size * 32
  return Array.isArray(value) ? 16 + sum(value, budget) : 32 + sum(Object.values(value), budget)
}

function sum(values: readonly unknown[], budget: { left: number }): number {
  let total = 0
  let seen = 0
  for (const value of values) {
    if (budget.left <= 0) break
    total += 8 + bytesOf(value, budget)
    seen++
  }
  return seen === 0 ? values.length * 16 : Math.ceil((total / seen) * values.length)
}
