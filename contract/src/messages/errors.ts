import type { ErrorTable } from '../core/errors.ts'
import { usedUploadErrors } from '../media/errors.ts'

export const conversationErrors = {
  cannot_message: { status: 403, message: 'You cannot send messages here.' },
  not_a_group: { status: 400, message: 'This can only be done in a group.' },
  not_an_admin: { status: 403, message: 'Only admins of this group can do this.' },
  group_full: { status: 409, message: 'This group has as many members as it can have.' },
  too_many_pinned: { status: 409, message: 'You have pinned as many conversations as there can be.' },
  message_empty: { status: 400, message: 'There is nothing in this message.' },
  edit_too_late: { status: 409, message: 'A message can be edited for 15 minutes after it was sent.' },
  not_editable: { status: 409, message: 'This message cannot be edited.' },
  message_opened: { status: 410, message: 'This has been seen, and could be seen once.' },
} as const satisfies ErrorTable

export const sendErrors = [...usedUploadErrors, 'not_found', 'cannot_message', 'message_empty'] as const
