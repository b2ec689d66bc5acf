import { createT } from '../../../kit/i18n.ts'

export const t = createT({
  'logins.title': 'Log-ins',
  'logins.note':
    'Where your account was entered in the last 90 days, and where somebody tried to. Times are of this device.',
  'logins.empty': 'Nothing in the last 90 days',
  'logins.emptyText': 'Log-ins are listed here, by place and device, and tries that failed.',
  'logins.more': 'Show earlier ones',
  'logins.current': 'This session',
  'logins.live': 'Still logged in',
  'logins.notMe': 'This wasn’t me',
  'logins.notMeOf': 'This wasn’t me: {what}, {when}',
  'logins.askTitle': 'Close your account to them',
  'logins.askText':
    'A new password logs out every place but this one, and every app. Choose one that you use nowhere else.',
  'logins.askAction': 'Choose a new password',

  'logins.registration': 'Account made',
  'logins.password': 'Password',
  'logins.code': 'Password and code',
  'logins.recovery_code': 'Password and recovery code',
  'logins.passkey': 'Passkey',
  'logins.openid': 'Log-in at another place',
  'logins.reset': 'New password by a link in a mail',
  'logins.app': '{app} was let in',
  'logins.failed.password': { one: 'Wrong password', other: '{count} wrong passwords' },
  'logins.failed.second': {
    one: 'Right password, wrong second step',
    other: 'Right password, {count} wrong second steps',
  },
  'logins.last': 'last from {device}',
})
