import type { Notification } from '@tintype/contract'
import { t } from './messages.ts'

/** What they did, after their name. */
export function notificationText(notification: Notification): string {
  const { type, excerpt, subject, things_count: count, others_count } = notification
  const text = excerpt ?? ''
  switch (type) {
    case 'like':
      return count > 1 ? t('notifications.like.many', { count }) : t('notifications.like')
    case 'repost':
      return count > 1 ? t('notifications.repost.many', { count }) : t('notifications.repost')
    case 'comment':
      return others_count > 0
        ? t('notifications.comment.many', { text })
        : t('notifications.comment', { text })
    case 'reply':
      return t('notifications.reply', { text })
    case 'comment_like':
      return count > 1
        ? t('notifications.comment_like.many', { count })
        : t('notifications.comment_like', { text })
    case 'mention':
      if (subject.kind === 'story') return t('notifications.mentionStory')
      return subject.kind === 'comment'
        ? t('notifications.mention', { text })
        : t('notifications.mentionPost')
    case 'collection_shared':
      return t('notifications.collection_shared', { text })
    case 'announcement':
      return t('notifications.announcement', { text })
    default:
      return t(`notifications.${type}`)
  }
}
