import { createT } from '../../kit/i18n.ts'

/** Loaded with comments, not with the app. */
export const t = createT({
  'comment.menu': 'What to do with the comment by {name}',
  'comment.pin': 'Pin comment',
  'comment.unpin': 'Unpin comment',
  'comment.pinned': 'Pinned',
  'comment.removed': 'Removed by the moderators: only you see it.',
  'comment.held': 'Only you see this until {name} approves it',
  'limited.following': 'Only people whom {name} follows can comment.',
  'limited.followers': 'Only followers of {name} can comment.',
  'limited.mentioned': 'Only people whom {name} mentions here can comment.',
  'held.title': 'Hidden comments',
  'held.open': { one: '{count} comment waits for you', other: '{count} comments wait for you' },
  'held.more': 'Comments wait for you',
  'held.text':
    'They have a word in them that you filter, or are by somebody you restrict or limit. Nobody but you and whoever wrote one sees it.',
  'held.empty': 'Nothing waits for you',
  'held.approve': 'Approve',
  'held.approveOf': 'Approve the comment by {name}',
  'held.delete': 'Delete',
  'held.deleteOf': 'Delete the comment by {name}',
  'held.approved': 'Everybody sees the comment now',
})
