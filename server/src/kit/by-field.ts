/** Those that are there, each under the value of one of its fields. */
export function byField<T extends object, F extends keyof T>(
  items: readonly (T | undefined)[],
  field: F,
): Map<T[F], T> {
  const map = new Map<T[F], T>()
  for (const item of items) if (item !== undefined) map.set(item[field], item)
  return map
}
