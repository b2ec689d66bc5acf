import { createT } from '../../kit/i18n.ts'

/** What the list of notifications says. */
export const t = createT({
  'notifications.title': 'Notifications',
  'notifications.empty': 'Quiet so far',
  'notifications.emptyText': 'Likes, comments and new followers are listed here.',
  'notifications.new': 'New',
  'notifications.today': 'Today',
  'notifications.week': 'This week',
  'notifications.earlier': 'Earlier',
  'notifications.requests': {
    one: '{count} person asks to follow you',
    other: '{count} people ask to follow you',
  },
  'notifications.follow': 'started following you.',
  'notifications.follow_request': 'asks to follow you.',
  'notifications.follow_accepted': 'let you follow them.',
  'notifications.and': 'and',
  'notifications.others': { one: '{count} other', other: '{count} others' },
  'notifications.like': 'liked your photo.',
  'notifications.like.many': { one: 'liked {count} of your photos.', other: 'liked {count} of your photos.' },
  'notifications.comment': 'commented: {text}',
  'notifications.comment.many': 'commented on your photo: {text}',
  'notifications.reply': 'replied: {text}',
  'notifications.mention': 'mentioned you: {text}',
  'notifications.mentionPost': 'mentioned you in a post.',
  'notifications.mentionStory': 'mentioned you in a story.',
  'notifications.tagged': 'tagged you in a photo.',
  'notifications.story_reaction': 'reacted to your story.',
  'notifications.story_answer': 'answered a sticker in your story.',
  'notifications.comment_like': 'liked your comment: {text}',
  'notifications.comment_like.many': {
    one: 'liked {count} of your comments.',
    other: 'liked {count} of your comments.',
  },
  'notifications.unread': 'Unread',
  'notifications.openPost': 'Open the post',
})
