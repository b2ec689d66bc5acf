import { createT } from '../../kit/i18n.ts'

/** Loaded with the search. */
export const t = createT({
  'search.title': 'Search',
  'search.label': 'Search people, posts, tags, places',
  'search.tabs': 'What to show',
  'search.top': 'Top',
  'search.users': 'People',
  'search.posts': 'Posts',
  'search.hashtags': 'Tags',
  'search.places': 'Places',
  'search.results': 'Results',
  'search.found': { one: '{count} found', other: '{count} found' },
  'search.idle': 'What are you looking for?',
  'search.idleText': 'A name, a word of a caption, a #tag or a place. A typing error is no harm.',
  'search.none': 'Nothing matches “{q}”',
  'search.noneText': 'Try fewer words, or look under another tab.',
  'search.noUsers': 'Nobody called “{q}”',
  'search.noPosts': 'No post says “{q}”',
  'search.noHashtags': 'No tag like “{q}”',
  'search.noPlaces': 'No place called “{q}”',
  'search.recent': 'Recent',
  'search.clear': 'Clear all',
  'search.cleared': 'Recent searches cleared',
  'search.forget': 'Forget {name}',
  'search.postsCount': { one: '{count} post', other: '{count} posts' },
})
