import type { ErrorTable } from '../core/errors.ts'

export const circleErrors = {
  too_many_circles: { status: 409, message: 'That is more circles than a member can have.' },
  circle_full: { status: 409, message: 'This circle has as many members as it can have.' },
  circle_not_found: { status: 400, message: 'You have no such circle.' },
  circles_refused: {
    status: 422,
    message: 'A post for circles has one author, and is no reel.',
  },
} as const satisfies ErrorTable
