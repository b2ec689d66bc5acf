import { createT } from '../../kit/i18n.ts'

/** What members choose for a post or for all to come: loaded with the composer, a post’s menu and settings. */
export const t = createT({
  'comments.label': 'Who can comment',
  'comments.everyone': 'Everyone',
  'comments.following': 'People you follow',
  'comments.followers': 'Your followers',
  'comments.mentioned': 'Only people you mention',
  'comments.off': 'Nobody',
  'likes.label': 'Hide like counts',
  'likes.hint': 'Only you see how many people like it.',
})
