import { createT } from '../../kit/i18n.ts'

/** Loaded where circles are, not with the app. */
export const t = createT({
  'circles.title': 'Circles',
  'circles.text':
    'Share a post or a story with some people only. Nobody but you learns that a circle is there, how it is called or who is in it.',
  'circles.empty': 'You have no circles yet. Name one, then put people in.',
  'circles.name': 'Name of the circle',
  'circles.make': 'Make circle',
  'circles.rename': 'Rename',
  'circles.save': 'Save',
  'circles.cancel': 'Cancel',
  'circles.delete': 'Delete',
  'circles.deleteTitle': 'Delete {name}?',
  'circles.deleteText': 'What you shared with this circle alone is then seen by nobody but you.',
  'circles.deleted': 'Circle deleted',
  'circles.people': 'People',
  'circles.count.none': 'Nobody in it',
  'circles.count.one': '1 person',
  'circles.count.many': '{count} people',
  'circles.inText': 'They are not told. Who is taken out sees nothing of it any more, at once.',
  'circles.nobody': 'Nobody yet.',
  'circles.who': 'Who sees it',
  'circles.all': 'All who see your posts',
  'circles.allStory': 'All who see your stories',
  'circles.hint': 'Only who is in the circle sees it. It cannot be changed later.',
  'circles.ofAuthor': 'Shared with a circle',
  'circles.ofStory': 'Only {names}',
  'circles.onlyYou': 'Only you',
})
