/** Milliseconds waited, as figures. */
export function spreadOfWaits(waits: readonly number[]): Record<string, number> {
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50: at(0.5), p99: at(0.99), seen: sorted.length }
}
