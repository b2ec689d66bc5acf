import type { Attachment, SystemLine, UserId, UserSummary } from '@tintype/contract'
import type { MessageEntity } from '../../data/entities/types.ts'
import { nameOf } from './conversation-face.ts'
import { t } from './messages.ts'

/** What a message says, in a line: for lists, and for whoever does not see it. */
export function excerptOf(message: MessageEntity, me: UserId): string {
  if (message.unsent) return t('message.excerptUnsent')
  if (message.system) return systemText(message.system, me)
  if (message.body) return message.body.replace(/\s+/g, ' ')
  const [first] = message.attachments
  return first ? attachmentText(first) : t('message.unknown')
}

const sharedText = {
  post: () => t('message.excerptPost'),
  story: () => t('message.excerptStory'),
  member: () => t('message.excerptProfile'),
} as const

function attachmentText(attachment: Attachment): string {
  if (attachment.type === 'photo') return t('message.excerptPhoto')
  if (attachment.type === 'video') return t('message.excerptVideo')
  if (attachment.type === 'voice') return t('message.excerptVoice')
  return attachment.purpose === 'share' ? sharedText[attachment.kind]() : t('message.excerptReply')
}

/** What happened to a group, as a sentence. */
export function systemText({ event, actor, users, name }: SystemLine, me: UserId): string {
  const called = (user: UserSummary | null) =>
    user === null ? t('system.somebody') : user.user_id === me ? t('system.you') : nameOf(user)
  const by = called(actor)
  const others = users.length > 0 ? users.map(called).join(', ') : t('system.somebody')
  switch (event) {
    case 'created':
      return name ? t('system.createdNamed', { name: by, title: name }) : t('system.created', { name: by })
    case 'renamed':
      return name ? t('system.renamed', { name: by, title: name }) : t('system.unnamed', { name: by })
    case 'added':
      return t('system.added', { name: by, others })
    case 'removed':
      return t('system.removed', { name: by, others })
    case 'made_admin':
      return t('system.made_admin', { name: by, others })
    case 'joined':
      return t('system.joined', { name: by })
    case 'left':
      return t('system.left', { name: by })
    case 'picture_changed':
      return t('system.picture_changed', { name: by })
  }
}
