import { TintypeError } from '@tintype/contract'
import { DatabaseError } from 'pg'

/** No connection was made, or it was gone before anything was sent: nothing was done. */
export class NotConnected extends Error {
  readonly code = 'NOT_CONNECTED'
  constructor(cause: unknown) {
    super('there is no connection to the database', { cause })
  }
}

/** The connection ended before an answer came. Whether the statement was done is not known, so it is not sent again. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST'
  constructor(cause: unknown) {
    super('the connection to the database was lost', { cause })
  }
}

/** The transaction lost a race and succeeds when run again: serialisation failure, deadlock. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

/**
 * The connection or the whole server is gone, or has no room left: connection exceptions (08), shutdown (57P01-03),
 * too many connections (53300), out of disk or memory (53100, 53200), a timeout of ours (57014, 55P03, 25P03), a primary that takes no writes
 * any more (25006).
 */
const unavailable = /^(08...|57P0[1-5]|53[123]00|57014|55P03|25P0[34]|25006|NOT_CONNECTED|CONNECTION_LOST)$/

const isUnavailable = (error: unknown): boolean => unavailable.test(codeOf(error))

/** Why no connection came about: what only its owner can change (a password, a name) as PostgreSQL said it. */
export const connectError = (error: unknown): unknown =>
  error instanceof DatabaseError && !isUnavailable(error) ? error : new NotConnected(error)

/** PostgreSQL ends the connection with it; it may come instead of the answer to what is under way. */
export const isFarewell = ({ severity }: DatabaseError): boolean =>
  severity === 'FATAL' || severity === 'PANIC'

/** The server is no primary any more. */
export const isReadOnly = (error: unknown): boolean => codeOf(error) === '25006'

/** The connection's prepared statement is gone or no longer fits the tables. */
export const isStalePlan = (error: unknown): boolean =>
  codeOf(error) === '26000' ||
  (error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery')

/** Nothing of the statement was done, and another connection may well do it. */
export const wasNotBegun = (error: unknown): boolean => error instanceof NotConnected || isStalePlan(error)

/**
 * What a caller of the Db port sees: loss of the database as `unavailable` (503), text that PostgreSQL cannot hold (a
 * NUL, half a surrogate pair) as `validation_failed`; all else as PostgreSQL said it, with the way to the caller in the stack.
 */
export function mapError(error: unknown): unknown {
  const code = codeOf(error)
  if (isUnavailable(error)) return new TintypeError('unavailable', { cause: error })
  if (code === '22021' || code === '22P05') return new TintypeError('validation_failed', { cause: error })
  if (error instanceof Error)
    error.stack = `${error.stack}\n${(new Error().stack ?? '').split('\n').slice(2).join('\n')}`
  return error
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
