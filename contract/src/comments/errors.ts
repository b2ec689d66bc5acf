import type { ErrorTable } from '../core/errors.ts'

export const commentErrors = {
  comments_off: { status: 403, message: 'Comments are turned off for this post.' },
} as const satisfies ErrorTable
