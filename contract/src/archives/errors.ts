import type { ErrorTable } from '../core/errors.ts'

export const archiveErrors = {
  export_under_way: { status: 409, message: 'An archive of yours is being made already.' },
  export_not_ready: { status: 409, message: 'This archive is not ready.' },
} as const satisfies ErrorTable
