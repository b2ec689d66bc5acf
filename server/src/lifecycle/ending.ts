/** Roles let their work end and cut off what takes too long; one that does not is left behind, for the database must be closed. */
export const DRAIN_MS = 15_000

/** Rejects at a mistake in the code: nothing is certain any more, so the process ends, in order. */
export function crash(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  process.on('uncaughtException', reject)
  promise.catch(() => {})
  return promise
}

/** True where the work ended in time. */
export async function within(milliseconds: number, work: PromiseLike<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, milliseconds, false)
  try {
    return await Promise.race([Promise.resolve(work).then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Both results, or the first failure once neither is under way any more. */
export async function bothOr<A, B>(
  failed: AbortController,
  work: [Promise<A>, Promise<B> | B],
): Promise<[A, B]> {
  for (const each of work) Promise.resolve(each).catch((error) => failed.abort(error))
  const [first, second] = await Promise.allSettled(work)
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  throw failed.signal.reason
}
