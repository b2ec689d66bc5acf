import type { ErrorTable } from '../core/errors.ts'

export const appErrors = {
  app_request_invalid: {
    status: 400,
    message: 'This app asked in a way that cannot be answered. Whoever made it has to mend it.',
  },
  redirect_uri_invalid: {
    status: 400,
    message: 'An address to come back to must be https, on this device, or of a scheme of the app’s own.',
  },
  device_code_unknown: { status: 404, message: 'This code is not known, or its time is over.' },
  too_many_apps: { status: 409, message: 'You have as many of these as one can have. Remove one first.' },
} as const satisfies ErrorTable
