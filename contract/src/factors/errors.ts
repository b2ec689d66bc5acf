import type { ErrorTable } from '../core/errors.ts'

export const factorErrors = {
  code_wrong: { status: 403, message: 'This code is not right, or was used already.' },
} as const satisfies ErrorTable
