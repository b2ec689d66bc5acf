import { createT } from '../../../kit/i18n.ts'

export const t = createT({
  text: 'Nobody sees these before their time. You can change them, or publish one now.',
  empty: 'Nothing is scheduled',
  emptyText: 'Choose “Publish later” where you write the caption of a new post.',
  'more.label': 'What to do with the post for {when}',
  processing: 'Its pictures are being developed.',
  noCaption: 'No caption',
  pictures: { one: '{count} file', other: '{count} files' },
  edit: 'Edit',
  now: 'Publish now',
  published: 'Your post is up',
  soon: 'It is published as soon as its pictures are ready',
  view: 'View',
  delete: 'Delete',
  deleteTitle: 'Delete this post?',
  deleteText: 'Its pictures and its caption are gone then.',
  deleted: 'Deleted',
  failed: 'Not published: {reason}',
  'edit.title': 'Edit the scheduled post',
  'edit.caption': 'Caption',
  'edit.saved': 'Saved',
})
