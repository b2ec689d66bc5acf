import type { ErrorTable } from '../core/errors.ts'

export const linkErrors = {
  too_many_links: { status: 409, message: 'You have as many private links as can be. Revoke one first.' },
  link_refused: { status: 409, message: 'Only a post that is published can have a private link.' },
} as const satisfies ErrorTable
