import type { Operation } from '@tintype/contract'

/** Routes that read, and answer only ever about the one who asks, or about nobody. */
export const ownOrNobodys: Operation[] = [
  'members.me',
  'accounts.sessions',
  'accounts.failedLogins',
  'factors.get',
  'members.suggested',
  'explore.hiddenAuthors',
  'graph.blocked',
  'graph.requests',
  'notifications.list',
  'preferences.get',
  'push.key',
  'mails.outbox',
  'stories.archive',
  'stories.settings',
  'stories.closeFriends',
  'stories.hiddenFrom',
  'media.uploadStatus',
  'postSettings.get',
  'commentReview.held',
  'postShelf.archived',
  'messages.settings',
  'conversations.unread',
  'community.get',
]
