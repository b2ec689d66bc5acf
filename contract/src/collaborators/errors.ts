import type { ErrorTable } from '../core/errors.ts'

export const collaboratorErrors = {
  too_many_collaborators: { status: 409, message: 'A post has five collaborators at most.' },
  collaborator_not_found: { status: 400, message: 'One of the collaborators does not exist.' },
} as const satisfies ErrorTable
