import { errorEntry } from './error-entry.ts'
import type { ErrorCode } from './errors.ts'

interface TintypeErrorOptions {
  message?: string | undefined
  /** What the reply said; else the table's. */
  status?: number | undefined
  details?: Record<string, unknown> | undefined
  cause?: unknown
  requestId?: string | undefined
}

/** Thrown by the typed client and by the server's services: a code of the table, with optional machine-readable details. */
export class TintypeError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: Record<string, unknown> | undefined
  /** Set on the client's side: quote it when reporting a problem. */
  readonly requestId: string | undefined

  constructor(code: ErrorCode, options: TintypeErrorOptions = {}) {
    super(options.message ?? errorEntry(code).message, { cause: options.cause })
    this.name = 'TintypeError'
    this.code = code
    this.status = options.status ?? errorEntry(code).status
    this.details = options.details
    this.requestId = options.requestId
  }
}
