import { type ErrorCode, TintypeError } from '@tintype/contract'
import { knownCode } from './failure.ts'

export interface PutOptions {
  headers?: Record<string, string>
  /** Bytes of the body that have left, growing. */
  onProgress: (bytes: number) => void
  signal: AbortSignal
}

/**
 * Sends bytes to a presigned URL. Rejects with TintypeError (`unavailable` where the network failed), or with the
 * signal's reason.
 */
export type Put = (url: string, body: Blob, options: PutOptions) => Promise<void>

/** XMLHttpRequest, as fetch does not tell how much of a body has been sent. */
export const putBytes: Put = (url, body, { headers = {}, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const request = new XMLHttpRequest()
    const handleAbort = () => request.abort()
    signal.addEventListener('abort', handleAbort, { once: true })
    request.addEventListener('loadend', () => signal.removeEventListener('abort', handleAbort))
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      const failure = failureOf(
        request.status,
        request.responseText,
        request.getResponseHeader('retry-after'),
      )
      if (failure) reject(failure)
      else resolve()
    })
    request.addEventListener('error', () => reject(new TintypeError('unavailable')))
    request.addEventListener('timeout', () => reject(new TintypeError('unavailable')))
    request.addEventListener('abort', () => reject(signal.reason ?? new TintypeError('unavailable')))
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers))
      if (!setByBrowser.has(name.toLowerCase())) request.setRequestHeader(name, value)
    request.send(body)
  })

/** The browser sets these itself and complains when a page tries. */
const setByBrowser = new Set(['content-length', 'host', 'connection', 'expect'])

/** The error a PUT's answer stands for; undefined for success. Object stores other than Tintype's answer in XML or not at all. */
export function failureOf(status: number, body: string, retryAfter: string | null): TintypeError | undefined {
  if (status >= 200 && status < 300) return undefined
  const details = retryAfter && /^\d+$/.test(retryAfter) ? { retry_after: Number(retryAfter) } : undefined
  const code = codeIn(body) ?? codeOfStatus(status)
  return new TintypeError(code, { details })
}

function codeIn(body: string): ErrorCode | undefined {
  try {
    const code: unknown = JSON.parse(body)?.error?.code
    return code === undefined ? undefined : knownCode(code)
  } catch {
    if (body.includes('<Code>AccessDenied</Code>') || body.includes('has expired')) return 'signature_expired'
    return /<Code>(BadDigest|\w+Checksum\w+)</.test(body) ? 'media_hash_mismatch' : undefined
  }
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 403) return 'signature_expired'
  if (status === 404 || status === 410) return 'upload_expired'
  if (status === 409 || status === 412) return 'upload_already_used'
  if (status === 413) return 'media_too_large'
  if (status === 429) return 'rate_limited'
  return status === 0 || status === 408 || status >= 500 ? 'unavailable' : 'bad_request'
}
