import { createT } from '../../kit/i18n.ts'

/** What members choose for a post or for all to come: loaded with the composer, a post’s menu and settings. */
export const t = createT({
  'comments.label': 'Who can comment',
  'comments.everyone': 'Everyone',
  'comments.following': 'People you follow',
  'comments.followers': 'Your followers',
  'comments.mentioned': 'Only people you mention',
  'comments.off': 'Nobody',
  'downloads.label': 'Let others download photographs',
  'downloads.hint': 'Whoever sees the post can save them, without data on where and how they were made.',
  'sensitive.label': 'Sensitive',
  'sensitive.hint':
    'Others see a cover first, and some do not come across it. What moderators covered stays covered.',
  'likes.label': 'Hide like counts',
  'likes.hint': 'Only you see how many people like it.',
})
