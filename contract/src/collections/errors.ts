import type { ErrorTable } from '../core/errors.ts'

export const collectionErrors = {
  too_many_collections: { status: 409, message: 'That is more collections than a member can be in.' },
  collection_full: { status: 409, message: 'This collection has as many members as it can have.' },
} as const satisfies ErrorTable
