import { createT } from '@tintype/contract/core/texts'

export const t = createT({
  'digest.subject': {
    one: 'One thing you have not seen at {community}',
    other: '{count} things you have not seen at {community}',
  },
  'digest.title': 'While you were away',
  'digest.hello': 'Hello {name}, this is what happened that you have not looked at yet.',
  'digest.action': 'Look at all of it',
  'digest.end': 'No more of these mails',
  'digest.change': 'Choose what you are told of',
  'digest.picture': 'The photograph it is about',
})
