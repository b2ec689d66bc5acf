import { TintypeError } from '@tintype/contract'

/** The transaction lost a race and succeeds when run again: serialisation failure, deadlock. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

/**
 * The connection or the whole server is gone, or has no room left: connection exceptions (08), shutdown (57P01-03),
 * too many connections (53300), out of disk or memory (53100, 53200), a timeout of ours (57014, 55P03, 25P03).
 */
const unavailable =
  /^(08...|57P0[1-5]|53[123]00|57014|55P03|25P0[34]|CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONN(REFUSED|RESET|ABORTED)|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

/** Those after which nothing can be sent on the connection any more. */
const connectionLost = /^(08...|57P0[1-5]|25P0[34]|CONNECTION_|CONNECT_|E[A-Z])/

export const isConnectionLoss = (error: unknown): boolean => connectionLost.test(codeOf(error))

/**
 * The statement was never sent: the server refused the connection, or postgres.js 3.4 hands out the farewell of a connection that
 * ended earlier to the first user of the next one (a statement that is under way when its connection ends gets CONNECTION_CLOSED).
 */
export const wasNeverSent = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error && error.severity === 'FATAL'

/**
 * What a caller of the Db port sees: loss of the database as `unavailable` (503), text that PostgreSQL cannot hold (a
 * NUL, half a surrogate pair) as `validation_failed`; all else as PostgreSQL said it, with the way to the caller in the stack.
 */
export function mapError(error: unknown): unknown {
  const code = codeOf(error)
  if (unavailable.test(code)) return new TintypeError('unavailable', { cause: error })
  if (code === '22021' || code === '22P05') return new TintypeError('validation_failed', { cause: error })
  if (error instanceof Error) {
    const value = `${error.stack}\n${(new Error().stack ?? '').split('\n').slice(2).join('\n')}`
    // postgres.js makes it read-only.
    Object.defineProperty(error, 'stack', { value, writable: true, configurable: true, enumerable: false })
  }
  return error
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
