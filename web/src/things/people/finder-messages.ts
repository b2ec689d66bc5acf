import { createT } from '../../kit/i18n.ts'

/** Loaded with what puts members into a list. */
export const t = createT({
  'lists.search': 'Search people to add',
  'lists.add': 'Add',
  'lists.addOf': 'Add {name}',
  'lists.remove': 'Remove',
  'lists.removeOf': 'Remove {name}',
  'lists.found': 'People found',
  'lists.nobody': 'Nobody found',
})
