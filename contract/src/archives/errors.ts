import type { ErrorTable } from '../core/errors.ts'

export const archiveErrors = {
  export_under_way: { status: 409, message: 'An archive of yours is being made already.' },
  import_under_way: {
    status: 409,
    message: 'You are bringing along an archive already. End that one first.',
  },
  import_not_checked: { status: 409, message: 'This archive was not checked, or is imported already.' },
  import_unreadable: { status: 422, message: 'This is no ZIP archive, or it is damaged.' },
  import_empty: { status: 422, message: 'Nothing is in this archive that could be imported.' },
  import_too_many: { status: 422, message: 'More is in this archive than can be imported at once.' },
  export_not_ready: { status: 409, message: 'This archive is not ready.' },
} as const satisfies ErrorTable
