import type { ErrorTable } from '../core/errors.ts'
import { usedUploadErrors } from '../media/errors.ts'

export const storyErrors = {
  sticker_invalid: { status: 400, message: 'One of the stickers is not as it should be.' },
  answer_invalid: { status: 400, message: 'This sticker cannot be answered like that.' },
  too_many_highlights: { status: 409, message: 'You have as many highlights as there can be.' },
  story_list_full: { status: 409, message: 'This list has as many members as it can hold.' },
  answer_final: { status: 409, message: 'You have answered this already, and it cannot be changed.' },
} as const satisfies ErrorTable

export const newStoryErrors = [
  ...usedUploadErrors,
  'sticker_invalid',
  'circle_not_found',
  'quota_exceeded',
] as const
