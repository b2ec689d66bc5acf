import { createT } from '../../kit/i18n.ts'

/** Of what the composers share. */
export const t = createT({
  'leave.keep': 'Keep as draft',
  'leave.discard': 'Discard',
  'place.label': 'Place',
  'place.placeholder': 'Where was this?',
  'place.locate': 'Add my current position',
  'place.locating': 'Finding your position',
  'place.attached': 'Position attached: {lat}, {lon}',
  'place.detach': 'Remove position',
  'place.nameFirst': 'Give the place a name, or the position is not posted.',
  'place.denied': 'Your browser did not share your position. Check its permission for this site.',
  'place.suggestions': 'Places',
  'place.posts': { one: '{count} post', other: '{count} posts' },
  'place.unavailable': 'Your position could not be found. You can still write the name of the place.',
})
