import { usedUploadErrors } from '../media/errors.ts'

export const profileErrors = [
  'username_taken',
  'username_invalid',
  'username_reserved',
  'words_refused',
  ...usedUploadErrors,
] as const
