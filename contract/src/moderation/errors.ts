import type { ErrorTable } from '../core/errors.ts'

export const moderationErrors = {
  account_suspended: { status: 403, message: 'This account is suspended.' },
  case_closed: { status: 409, message: 'Somebody has decided this already. Reload to see what was done.' },
  act_in_force: { status: 409, message: 'This was done already.' },
  act_impossible: { status: 400, message: 'This cannot be done with it.' },
  appealed_already: { status: 409, message: 'You have asked for this to be looked at once already.' },
  appeal_decided: { status: 409, message: 'This appeal was decided already.' },
  appeal_own_act: {
    status: 403,
    message: 'Somebody else has to decide this: it is about something that you did.',
  },
  registration_banned: { status: 403, message: 'No account can be made here from where you are.' },
  ban_invalid: {
    status: 400,
    message: 'Name a domain, such as example.org, or a range, such as 203.0.113.0/24.',
  },
  words_refused: { status: 400, message: 'This community does not take a word in it.' },
} as const satisfies ErrorTable
