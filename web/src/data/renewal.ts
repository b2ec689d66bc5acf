import { TintypeError } from '@tintype/contract'
import { readStored, writeStored } from './storage.ts'

interface RenewalOptions {
  /** Asks the server for new cookies. */
  refresh: () => Promise<unknown>
  /** The session is over: its refresh token is no longer taken. */
  onEnded: () => void
  now?: () => number
  locks?: Pick<LockManager, 'request'> | undefined
}

/** The lock under which cookies change. */
export const RENEWAL = 'tintype-renewal'

/** A renewal by any tab this recent is taken as ours: the cookies are shared. */
const FRESH_MS = 30_000

/**
 * One refresh in flight across all tabs. Refresh tokens rotate, and one that is used twice ends the session, so two
 * tabs that wake together must not both spend it: the second waits for the lock and finds the renewal done.
 * Resolves false when the session is over; rejects when the server cannot be reached.
 */
export function createRenewal({ refresh, onEnded, now = Date.now, locks }: RenewalOptions) {
  let pending: Promise<boolean> | undefined

  async function renewOnce(): Promise<boolean> {
    const age = now() - Number(readStored('tintype.renewed') ?? Number.NaN)
    if (age >= 0 && age < FRESH_MS) return true
    try {
      await refresh()
    } catch (error) {
      if (!(error instanceof TintypeError) || error.status !== 401) throw error
      onEnded()
      return false
    }
    writeStored('tintype.renewed', String(now()))
    return true
  }

  // Without a secure context there are no locks; one tab alone is still safe.
  const inTurn = (): Promise<boolean> =>
    locks ? locks.request(RENEWAL, renewOnce).then((renewed) => renewed) : renewOnce()

  return (): Promise<boolean> => {
    pending ??= inTurn().finally(() => {
      pending = undefined
    })
    return pending
  }
}
