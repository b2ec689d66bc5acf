import type { ErrorTable } from '../core/errors.ts'

export const commentErrors = {
  comments_off: { status: 403, message: 'Comments are turned off for this post.' },
  comments_limited: { status: 403, message: 'Only some people can comment on this post.' },
  pins_full: { status: 409, message: 'Three comments are pinned already.' },
  reply_not_pinnable: {
    status: 400,
    message: 'Only a comment on the post itself can be pinned, not a reply.',
  },
} as const satisfies ErrorTable
