import type { ErrorTable } from '../core/errors.ts'

export const repostErrors = {
  repost_refused: { status: 403, message: 'This post cannot be reposted.' },
  too_many_muted_reposts: { status: 409, message: 'That is more members than reposts can be hidden of.' },
} as const satisfies ErrorTable
