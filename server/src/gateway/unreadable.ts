import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorCode, TintypeError } from '@tintype/contract'
import type { Logger } from '../kit/logger.ts'
import { errorEnvelope } from './error-reply.ts'

/** What Node says of a request that it cannot read. */
const codes: Record<string, ErrorCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload_too_large',
}

/** Milliseconds a caller has to read why, before the line is cut: with bytes of theirs unread, a close would take the reply along. */
const PARTING_MS = 1000

interface UnreadableOptions {
  logger: Logger
  headers: Record<string, string>
  newId: () => string
}

/** Answers what never becomes a request (headers too long or too slow, no HTTP at all) as anything else is answered. */
export function answerUnreadable({ logger, headers, newId }: UnreadableOptions) {
  return (failure: NodeJS.ErrnoException, socket: Socket): void => {
    if (failure.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const error = new TintypeError(codes[failure.code ?? ''] ?? 'bad_request')
    const id = newId()
    const body = JSON.stringify(errorEnvelope(error, id))
    const lines = Object.entries({
      ...headers,
      'x-request-id': id,
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`)
    setTimeout(() => socket.destroy(), PARTING_MS).unref()
    const entry = { request_id: id, status: error.status, reason: failure.code, ip: socket.remoteAddress }
    logger.info(entry, 'request that could not be read')
  }
}
