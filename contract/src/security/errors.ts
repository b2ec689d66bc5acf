import type { ErrorTable } from '../core/errors.ts'

export const securityErrors = {
  address_denied: { status: 403, message: 'This community does not answer your network address.' },
  range_invalid: {
    status: 400,
    message: 'Name an address or a range, such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.',
  },
  range_too_wide: { status: 400, message: 'This range is too wide to be denied. Take several smaller ones.' },
  rule_exists: { status: 409, message: 'There is such a rule already.' },
  too_many_rules: {
    status: 409,
    message: 'There are as many rules as can be. Put them in the file instead.',
  },
  locks_you_out: {
    status: 409,
    message: 'This would shut you out yourself. Put your own address on the allow list first.',
  },
  challenge_required: {
    status: 403,
    message: 'Log-ins are being attacked here. Your device has to work out a small sum first.',
  },
} as const satisfies ErrorTable
