/**
 * Every error a client can receive. The code is for programs and never changes its meaning; the message is for
 * people and may. `status` is the HTTP status the API answers with. Details some codes carry: `validation_failed`
 * `{ fields: { <field>: <what is wrong with it, for people> } }`, `password_weak` `{ reason }`, and whatever asks to wait
 * (`rate_limited`, `unavailable`, `conflict`) `{ retry_after }` in seconds, as in the `Retry-After` header.
 */
export const errors = {
  // request
  bad_request: { status: 400, message: 'The request could not be understood.' },
  validation_failed: { status: 400, message: 'Some fields are missing or not as they should be.' },
  bad_cursor: { status: 400, message: 'This page link is no longer valid. Start again from the first page.' },
  unauthorized: { status: 401, message: 'Please log in first.' },
  token_expired: { status: 401, message: 'Your session needs to be renewed.' },
  csrf_failed: {
    status: 403,
    message: 'This request did not come from Tintype. Reload the page and try again.',
  },
  forbidden: { status: 403, message: 'You may not do this.' },
  not_found: { status: 404, message: 'This does not exist, or is not visible to you.' },
  method_not_allowed: { status: 405, message: 'This address does not take that kind of request.' },
  request_timeout: { status: 408, message: 'This took too long to arrive. Please try again.' },
  conflict: {
    status: 409,
    message: 'This clashes with something that happened in the meantime. Reload and try again.',
  },
  idempotency_mismatch: {
    status: 422,
    message: 'This Idempotency-Key was already used for a different request.',
  },
  payload_too_large: { status: 413, message: 'This is larger than what can be accepted.' },
  unsupported_media_type: { status: 415, message: 'This kind of content is not accepted here.' },
  rate_limited: { status: 429, message: 'That was a little too much at once. Please wait a moment.' },
  headers_too_large: {
    status: 431,
    message: 'The headers of this request are larger than what can be accepted.',
  },
  internal: { status: 500, message: 'Something went wrong on our side. It has been noted.' },
  unavailable: { status: 503, message: 'Tintype is busy or restarting. Please try again in a moment.' },

  // users
  username_taken: { status: 409, message: 'This username is already taken.' },
  username_invalid: {
    status: 400,
    message:
      'Usernames have 3 to 30 letters, digits, dots or underscores, and no dot at either end or next to another.',
  },
  username_reserved: {
    status: 400,
    message: 'This name is kept free. Add something to it, such as your own name.',
  },
  email_taken: { status: 409, message: 'There is already an account with this e-mail address.' },
  email_invalid: { status: 400, message: 'This does not look like an e-mail address.' },
  password_weak: { status: 400, message: 'This password is too easy to guess.' },
  password_wrong: { status: 403, message: 'This is not your current password.' },
  credentials_wrong: { status: 401, message: 'The name or the password is not right.' },
  refresh_invalid: { status: 401, message: 'Your session has ended. Please log in again.' },
  refresh_reused: {
    status: 401,
    message: 'Your session was ended because an old key of it was used again. Please log in.',
  },
  registration_closed: { status: 403, message: 'This community does not take new members at the moment.' },
  invitation_invalid: { status: 403, message: 'This community takes new members by invitation only.' },

  // graph
  cannot_target_self: { status: 400, message: 'You cannot do this to yourself.' },

  // media
  media_empty: { status: 400, message: 'This file is empty.' },
  media_truncated: { status: 422, message: 'This picture is incomplete: part of the file is missing.' },
  media_corrupt: { status: 422, message: 'This picture could not be read.' },
  media_type_unsupported: {
    status: 415,
    message: 'Tintype takes JPEG, PNG, WebP, AVIF, GIF and HEIC pictures.',
  },
  media_type_mismatch: { status: 422, message: 'This file is not the kind of picture it says it is.' },
  media_too_large: { status: 413, message: 'This picture is larger than 30 MB.' },
  media_too_many_pixels: { status: 422, message: 'This picture has more than 100 megapixels.' },
  media_too_small: { status: 422, message: 'This picture is too small to show.' },
  media_animated: {
    status: 422,
    message: 'Animated pictures are not supported yet. Please upload a still picture.',
  },
  media_size_mismatch: { status: 422, message: 'The file does not have the size that was announced.' },
  media_hash_mismatch: { status: 422, message: 'The file does not have the checksum that was announced.' },
  upload_not_found: { status: 404, message: 'This upload does not exist.' },
  upload_incomplete: { status: 409, message: 'A file of this post has not been uploaded yet.' },
  upload_already_used: { status: 409, message: 'This upload already belongs to a post.' },
  upload_expired: { status: 410, message: 'This upload has expired. Please start it again.' },
  signature_invalid: { status: 403, message: 'This link is not valid.' },
  signature_expired: { status: 403, message: 'This link has expired.' },
  quota_exceeded: { status: 429, message: 'You have posted the most that is allowed in one day.' },

  // posts and engagement
  too_many_tags: { status: 400, message: 'A caption can carry up to 30 hashtags and 20 mentions.' },
  comments_off: { status: 403, message: 'Comments are turned off for this post.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errors

/** Thrown by the typed client and by the server's services: a code of the table, with optional machine-readable details. */
export class TintypeError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined
  /** Set on the client's side: quote it when reporting a problem. */
  readonly requestId: string | undefined

  constructor(
    code: ErrorCode,
    options: {
      message?: string
      details?: Record<string, unknown>
      cause?: unknown
      requestId?: string
    } = {},
  ) {
    super(options.message ?? errors[code].message, { cause: options.cause })
    this.name = 'TintypeError'
    this.code = code
    this.details = options.details
    this.requestId = options.requestId
  }

  get status(): number {
    return errors[this.code].status
  }
}
