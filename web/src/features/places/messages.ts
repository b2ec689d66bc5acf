import { createT } from '../../kit/i18n.ts'

export const t = createT({
  'places.posts': { one: '{count} post', other: '{count} posts' },
  'places.map': 'Map: where {name} is',
  'places.data': 'Map: Natural Earth',
  'places.empty': 'Nothing from here',
  'places.emptyText': 'There is no post from {name} that you can see.',
})
