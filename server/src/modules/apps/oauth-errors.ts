/** The library wraps what it does not know: what it was is for our own table of errors. */
export function causeOf(error: unknown): unknown {
  const inner = typeof error === 'object' && error !== null && 'inner' in error ? error.inner : undefined
  return inner instanceof Error ? inner : error
}
