import { type ErrorCode, errors, TintypeError } from '@tintype/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../kit/logger.ts'

/** What Fastify and its plugins throw, in our codes. */
const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_media_type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_REQ_FILE_TOO_LARGE: 'media_too_large',
  FST_PARTS_LIMIT: 'payload_too_large',
  FST_FILES_LIMIT: 'payload_too_large',
  FST_FIELDS_LIMIT: 'payload_too_large',
  // A name so long is nobody's.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

/** A database that is gone, starting or full: the request may be sent again. Node and SQLSTATE codes. */
const unavailableCodes = new Set(['ECONNREFUSED', '53300', '57P01', '57P02', '57P03'])

/** The caller went away in the middle of a body. (PostgreSQL's connections break with codes of the driver's own.) */
const leftCodes = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'FST_MULTIPART_PREMATURE_CLOSE'])

/** Every failure as a coded one; `internal`, with the cause kept, for what nobody foresaw. */
export function codedError(error: unknown): TintypeError {
  if (error instanceof TintypeError) return error
  const { code = '', statusCode = 500 } = (typeof error === 'object' ? error : null) as Partial<FastifyError>
  const known = fastifyCodes[code]
  if (known) return new TintypeError(known, { cause: error })
  if (leftCodes.has(code)) return new TintypeError('bad_request', { cause: error })
  if (unavailableCodes.has(code)) return new TintypeError('unavailable', { cause: error })
  if (statusCode === 503) return new TintypeError('unavailable', { cause: error })
  if (statusCode >= 400 && statusCode < 500) return new TintypeError('bad_request', { cause: error })
  return new TintypeError('internal', { cause: error })
}

export interface ErrorEnvelope {
  success: false
  error: { code: ErrorCode; message: string; details?: Record<string, unknown>; request_id: string }
}

export const errorEnvelope = (error: TintypeError, requestId: string): ErrorEnvelope => ({
  success: false,
  error: {
    code: error.code,
    message: error.message,
    ...(error.details ? { details: error.details } : {}),
    request_id: requestId,
  },
})

/** The only place where an error becomes HTTP. `details.retry_after` (seconds) becomes `Retry-After`. */
export function errorReply(logger: Logger) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = codedError(thrown)
    request.failure = error.code
    if (error.status >= 500 && !isRefusal(error))
      logger.error({ err: error.cause ?? error, request_id: request.id, code: error.code }, 'request failed')
    const retryAfter = error.details?.retry_after ?? (error.code === 'unavailable' ? 2 : undefined)
    if (typeof retryAfter === 'number') reply.header('retry-after', String(Math.ceil(retryAfter)))
    if (errors[error.code].status === 401) reply.header('www-authenticate', 'Bearer')
    // RFC 6750, 3.1: clients of OAuth look here.
    if (error.code === 'scope_missing')
      reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${error.details?.scope}"`)
    reply
      .code(error.status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(errorEnvelope(error, request.id)))
  }
}

/** Turned away for want of room: the log is told how many, not of each, for that would be work where there is too much. */
const isRefusal = ({ code, cause, details }: TintypeError): boolean =>
  code === 'unavailable' && cause === undefined && details?.retry_after !== undefined
