import { TintypeError } from '@tintype/contract'

/** What `work` comes to; rejects with `unavailable` where that takes longer than so many milliseconds. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TintypeError('unavailable')), ms)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
