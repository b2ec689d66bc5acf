import type { ErrorTable } from '../core/errors.ts'

export const scheduledErrors = {
  schedule_out_of_range: {
    status: 422,
    message: 'A post can be scheduled for a time to come, up to 75 days ahead.',
  },
  too_many_scheduled: { status: 409, message: 'As many posts are scheduled as can be.' },
  schedule_missed: { status: 409, message: 'Its time came while your account was not active.' },
} as const satisfies ErrorTable
