import type { ErrorTable } from '../core/errors.ts'

export const feedErrors = {
  too_many_favourites: { status: 409, message: 'That is more favourites than a member can have.' },
  too_many_hashtags: { status: 409, message: 'That is more hashtags than a member can follow.' },
} as const satisfies ErrorTable
