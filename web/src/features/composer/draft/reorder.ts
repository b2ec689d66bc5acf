/** The list with the item at `from` moved to `to`; both are clamped to the list. The same list where nothing moves. */
export function reorder<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const last = items.length - 1
  const source = Math.min(Math.max(from, 0), last)
  const target = Math.min(Math.max(to, 0), last)
  const moved = items[source]
  if (source === target || moved === undefined) return items
  const rest = items.toSpliced(source, 1)
  return rest.toSpliced(target, 0, moved)
}

/**
 * Where an item dragged to `x` would land, given the middle of each place along the strip, in order: before the
 * first place whose middle lies to its right.
 */
export function dropIndex(middles: readonly number[], from: number, x: number): number {
  const others = middles.filter((_, index) => index !== from)
  const next = others.findIndex((middle) => x < middle)
  return next === -1 ? others.length : next
}
