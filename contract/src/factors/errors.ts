import type { ErrorTable } from '../core/errors.ts'

export const factorErrors = {
  code_wrong: { status: 403, message: 'This code is not right, or was used already.' },
  passkey_invalid: { status: 403, message: 'This passkey is not known here, or was removed.' },
} as const satisfies ErrorTable
