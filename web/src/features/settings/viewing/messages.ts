import { createT } from '../../../kit/i18n.ts'

/** Loaded with settings, not with the app. */
export const t = createT({
  'viewing.title': 'What you see',
  'viewing.sensitive': 'Sensitive posts',
  'viewing.sensitiveText':
    'Marked by who shares them or by the moderators. Visitors without an account always see the cover.',
  'viewing.more': 'More',
  'viewing.moreHint': 'Shown at once, without a cover.',
  'viewing.standard': 'Standard',
  'viewing.standardHint': 'Behind a cover, until you ask to see them.',
  'viewing.less': 'Less',
  'viewing.lessHint':
    'Behind a cover from people you follow; not at all in explore, reels, hashtags, places and search.',
  'viewing.words': 'Muted words',
  'viewing.wordsHint':
    'One on each line. Posts of others with one of them in the caption are left out of home, explore, reels, hashtags, places and search. Comments on your own posts are filtered under Posts and comments.',
  'viewing.tooMany': 'At most {count} words, of {length} characters each.',
  'viewing.saved': 'Your words are kept',
})
