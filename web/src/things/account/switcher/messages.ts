import { createT } from '../../../kit/i18n.ts'

export const t = createT({
  'accounts.title': 'Accounts in this browser',
  'accounts.current': 'In use',
  'accounts.switchTo': 'Go on as {name}',
  'accounts.unread': { one: '{count} new notification', other: '{count} new notifications' },
  'accounts.leave': 'Log out',
  'accounts.leaveOf': 'Log {name} out',
  'accounts.left': '{name} is logged out in this browser',
  'accounts.add': 'Add an account',
  'accounts.addNote': 'You log in to it, and come back here whenever you like. Up to {count}.',
  'accounts.full': 'This browser has {count} accounts. Log one out to add another.',
  'accounts.leaveAll': 'Log out of all',
  'accounts.goOn': 'Go on as',
})
