import type { Notification } from '@tintype/contract'
import { t } from '../../kit/messages.ts'

/** What they did, after their name. */
export function notificationText({ type, excerpt, comment_id, story_id }: Notification): string {
  const text = excerpt ?? ''
  switch (type) {
    case 'comment':
      return t('notifications.comment', { text })
    case 'reply':
      return t('notifications.reply', { text })
    case 'comment_like':
      return t('notifications.comment_like', { text })
    case 'mention':
      if (story_id) return t('notifications.mentionStory')
      return comment_id ? t('notifications.mention', { text }) : t('notifications.mentionPost')
    default:
      return t(`notifications.${type}`)
  }
}
