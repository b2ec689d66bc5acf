import type { ErrorTable } from '../core/errors.ts'

export const accountErrors = {
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
  second_factor_required: {
    status: 401,
    message: 'One more step: a code of your authenticator app, or a recovery code.',
  },
  challenge_invalid: {
    status: 401,
    message: 'That took too long, or there were too many tries. Begin again with your password.',
  },
  link_invalid: { status: 400, message: 'This link was used already, or is too old. Ask for a new one.' },
  refresh_invalid: { status: 401, message: 'Your session has ended. Please log in again.' },
  refresh_reused: {
    status: 401,
    message: 'Your session was ended because an old key of it was used again. Please log in.',
  },
  account_not_here: { status: 404, message: 'This account is not logged in in this browser any more.' },
  too_many_accounts: {
    status: 409,
    message: 'This browser has five accounts. Log one out to add another.',
  },
  other_member: {
    status: 412,
    message: 'Another account is in use in this browser by now. Reload the page.',
  },
  registration_closed: { status: 403, message: 'This community does not take new members at the moment.' },
  invitation_invalid: { status: 403, message: 'This community takes new members by invitation only.' },
} as const satisfies ErrorTable
