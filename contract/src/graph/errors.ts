import type { ErrorTable } from '../core/errors.ts'

export const graphErrors = {
  cannot_target_self: { status: 400, message: 'You cannot do this to yourself.' },
} as const satisfies ErrorTable
