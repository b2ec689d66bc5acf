import { describe, expect, it } from 'vitest'
import { failureOf } from './put.ts'

const codeOf = (status: number, body = '') => failureOf(status, body, null)?.code

describe('the answer to a PUT', () => {
  it('is no failure where the bytes were taken', () => {
    for (const status of [200, 201, 204]) expect(failureOf(status, '', null)).toBeUndefined()
  })

  it('carries the code Tintype wrote', () => {
    expect(codeOf(422, '{"success":false,"error":{"code":"media_hash_mismatch","message":""}}')).toBe(
      'media_hash_mismatch',
    )
    expect(codeOf(500, '{"error":{"code":"of_a_newer_server"}}')).toBe('internal')
  })

  it('is understood from other object stores too', () => {
    expect(
      codeOf(403, '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'),
    ).toBe('signature_expired')
    expect(codeOf(400, '<Error><Code>XAmzContentChecksumMismatch</Code></Error>')).toBe('media_hash_mismatch')
    expect(codeOf(412, '<Error><Code>PreconditionFailed</Code></Error>')).toBe('upload_already_used')
    expect(codeOf(503, '<Error><Code>SlowDown</Code></Error>')).toBe('unavailable')
    expect(codeOf(0)).toBe('unavailable')
    expect(codeOf(413)).toBe('media_too_large')
  })

  it('keeps how long to wait', () => {
    expect(failureOf(429, '', '12')?.details).toEqual({ retry_after: 12 })
  })
})
