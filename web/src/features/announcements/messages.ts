import { createT } from '../../kit/i18n.ts'

/** What stands around announcements. */
export const t = createT({
  title: 'Announcements',
  empty: 'Nothing announced yet',
  emptyText: 'What the community tells all its members is listed here.',
  label: 'Tell all members',
  hint: 'They find it in their notifications, on their devices and in the daily mail, as they chose.',
  send: 'Announce it',
  sent: 'All members are told',
  delete: 'Take back what was said on {date}',
  deleteTitle: 'Take this announcement back?',
  deleteText: 'It disappears from this list and from everybody’s notifications.',
  deleted: 'Taken back',
})
