import { type ErrorCode, errors, TintypeError } from '@tintype/contract'

/** What can go wrong on this side, before the server has a say. */
export type LocalCode = 'file_unreadable' | 'connection_lost'
export type FailureCode = ErrorCode | LocalCode

export class UploadError extends Error {
  readonly code: LocalCode
  constructor(code: LocalCode, options?: ErrorOptions) {
    super(code, options)
    this.name = 'UploadError'
    this.code = code
  }
}

/** The code of whatever was thrown; `internal` for what nobody foresaw. */
export function codeOf(error: unknown): FailureCode {
  return error instanceof TintypeError || error instanceof UploadError ? error.code : 'internal'
}

/** A code as a server wrote it; `internal` for one this page is too old to know. */
export const knownCode = (code: unknown): ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errors, code) ? (code as ErrorCode) : 'internal'

const transient: ReadonlySet<FailureCode> = new Set(['unavailable', 'internal', 'rate_limited'])
/** Asking for a wait beyond this (seconds) is an answer, not a hiccup. */
const LONGEST_WAIT = 60

/** Worth sending again as it stands? */
export function isTransient(error: unknown): boolean {
  const wait = retryAfterOf(error)
  // A conflict that says when to come back: the same request, sent before, is still being worked on.
  const isPassing = transient.has(codeOf(error)) || (codeOf(error) === 'conflict' && wait !== undefined)
  return isPassing && (wait ?? 0) <= LONGEST_WAIT
}

/** Seconds the server asked to wait, where it said so. */
export function retryAfterOf(error: unknown): number | undefined {
  const seconds = error instanceof TintypeError ? error.details?.retry_after : undefined
  return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined
}

const stale: ReadonlySet<FailureCode> = new Set([
  'upload_expired',
  'upload_not_found',
  'signature_expired',
  'signature_invalid',
])

/** The upload itself is gone or its links have run out: announce the file anew and send it from the start. */
export const isStale = (error: unknown): boolean => stale.has(codeOf(error))
