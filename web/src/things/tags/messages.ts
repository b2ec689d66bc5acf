import { createT } from '../../kit/i18n.ts'

/** People in photographs: loaded where somebody is tagged or is to be. */
export const t = createT({
  'tags.title': 'People in this photo',
  'tags.edit': 'Tag people',
  'tags.hint': 'Press where somebody is in the picture, then choose who it is.',
  'tags.press': 'Tag somebody in picture {n}',
  'tags.who': 'Who is there?',
  'tags.remove': 'Take {name} out',
  'tags.full': 'So many people can be tagged and no more.',
  'tags.pending': '{name} has not agreed yet',
  'tags.none': 'Nobody is tagged here',
  'tags.count': { one: '{count} person', other: '{count} people' },
  'tags.leave': 'Remove me',
  'tags.left': 'You are not tagged there any more',
  'tags.accept': 'Show me',
  'tags.accepted': 'Everybody sees that you are in it',
  'tags.saved': 'People saved',
  'tags.ofYou': 'Photos of you',
  'tags.from': 'Who can tag you in their photos',
  'tags.fromHint': 'Tags by anybody else are shown only once you agree.',
  'tags.from.anyone': 'Anyone',
  'tags.from.following': 'People you follow',
  'tags.from.nobody': 'Nobody without asking',
  'tags.waiting': 'Photos you are tagged in that wait for you',
  'tags.waitingOf': 'Photo by {name}',
  'tags.nothing': 'Nothing waits for you',
})
