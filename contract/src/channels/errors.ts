import type { ErrorTable } from '../core/errors.ts'

export const channelErrors = {
  push_target_invalid: { status: 400, message: 'Pushes cannot be sent to this device.' },
  quiet_end_invalid: {
    status: 400,
    message: 'Quiet mode ends at a time to come, within four weeks.',
  },
  time_zone_unknown: { status: 400, message: 'This is not a time zone that is known here.' },
} as const satisfies ErrorTable
