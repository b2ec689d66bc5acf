import type { ErrorTable } from '../core/errors.ts'
import { usedUploadErrors } from '../media/errors.ts'

export const postErrors = {
  quota_exceeded: { status: 429, message: 'You have posted the most that is allowed in one day.' },
  post_not_published: { status: 409, message: 'This post is not published.' },
  download_refused: { status: 403, message: 'Its author does not offer these photographs for download.' },
  post_pins_full: { status: 409, message: 'Three posts are pinned already.' },
  person_not_found: {
    status: 400,
    message: 'One of the people to tag does not exist, or the picture does not.',
  },
  reel_needs_video: { status: 422, message: 'A reel is a single video.' },
  sound_unavailable: { status: 422, message: 'This sound cannot be used.' },
  too_many_tags: { status: 400, message: 'A caption can carry up to 30 hashtags and 20 mentions.' },
} as const satisfies ErrorTable

export const newPostErrors = [
  ...usedUploadErrors,
  'too_many_tags',
  'person_not_found',
  'collaborator_not_found',
  'circle_not_found',
  'circles_refused',
  'quota_exceeded',
  'reel_needs_video',
  'sound_unavailable',
  'words_refused',
] as const
