/** By code. `status` is the HTTP status the API answers with; the message is for people. */
export type ErrorTable = Readonly<Record<string, { readonly status: number; readonly message: string }>>

export const coreErrors = {
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
  step_up_required: {
    status: 403,
    message: 'Prove once more that it is you, then try again.',
  },
  scope_missing: { status: 403, message: 'This app was not allowed to do this.' },
  not_for_apps: { status: 403, message: 'Apps cannot do this. It is done in Tintype itself.' },
  not_found: { status: 404, message: 'This does not exist, or is not visible to you.' },
  method_not_allowed: { status: 405, message: 'This address does not take that kind of request.' },
  version_unsupported: { status: 400, message: 'This version of the API is not spoken here.' },
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
  misdirected: { status: 421, message: 'Another server of this community answers that.' },
  rate_limited: { status: 429, message: 'That was a little too much at once. Please wait a moment.' },
  too_many_topics: { status: 429, message: 'This is more than can be followed live at the same time.' },
  headers_too_large: {
    status: 431,
    message: 'The headers of this request are larger than what can be accepted.',
  },
  internal: { status: 500, message: 'Something went wrong on our side. It has been noted.' },
  unavailable: { status: 503, message: 'Tintype is busy or restarting. Please try again in a moment.' },
} as const satisfies ErrorTable
