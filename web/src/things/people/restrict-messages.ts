import { createT } from '../../kit/i18n.ts'

/** Loaded with what restricts, not with the app. */
export const t = createT({
  'restrict.do': 'Restrict',
  'restrict.undo': 'Unrestrict',
  'restrict.undoOf': 'Unrestrict {name}',
  'restrict.done':
    'Restricted. Their comments on your posts wait for you, their messages are requests; they are not told.',
  'restrict.undone': 'No longer restricted',
  'restrict.section': 'Restricted accounts',
  'restrict.text':
    'Only you and they see what they comment on your posts, until you approve it. Their messages are requests; they see neither whether you have read them nor whether you are here. You hear of nothing they do, and they are not told.',
  'restrict.empty': 'Nobody is restricted',
  'restrict.emptyText':
    'Restrict somebody from the menu of their profile: quieter than a block, and they cannot tell.',
})
