import type { ErrorTable } from '../core/errors.ts'

export const openIdErrors = {
  openid_away: {
    status: 503,
    message: 'The place that you log in at does not answer at the moment. Please try again soon.',
  },
  openid_refused: { status: 403, message: 'The place that you log in at did not let you in.' },
  openid_expired: {
    status: 401,
    message: 'This log-in took too long, was used already, or began in another browser. Please begin again.',
  },
  openid_failed: { status: 401, message: 'This log-in could not be checked. Please begin again.' },
  openid_unknown: { status: 401, message: 'No account here belongs to this log-in.' },
  openid_taken: { status: 409, message: 'This log-in belongs to another account here.' },
  openid_last: {
    status: 409,
    message: 'Set a password first: without one you could not log in any more.',
  },
  openid_only: { status: 403, message: 'Members of this community log in without a password of their own.' },
} as const satisfies ErrorTable
