import { createT } from '../../kit/i18n.ts'

/** Loaded with suggestions, not with the app. */
export const t = createT({
  'names.others': { one: '{count} other', other: '{count} others' },
  'suggest.mutuals': 'Followed by {names}',
  'suggest.interests': 'Posts what you like',
  'suggest.popular': 'Popular here',
  'suggest.new': 'New here',
  'suggest.dismiss': 'Do not suggest {name}',
})
