import { createT } from '../../kit/i18n.ts'
import { messages } from '../../kit/messages.ts'
import { accountMessages } from '../../things/account/messages.ts'

export const t = createT({
  ...messages,
  ...accountMessages,

  'settings.messages': 'Messages',
  'settings.title': 'Settings',
  'settings.sections': 'Settings',
  'settings.profile': 'Edit profile',
  'settings.posts': 'Posts and comments',
  'settings.privacy': 'Privacy',
  'settings.password': 'Password',
  'settings.security': 'Log-in and passkeys',
  'settings.sessions': 'Where you’re logged in',
  'settings.status': 'Account status',
  'settings.data': 'Your data',
  'settings.muted': 'Muted accounts',
  'settings.blocked': 'Blocked accounts',
  'settings.appearance': 'Appearance',
  'settings.community': 'This community',
  'settings.delete': 'Hide or delete account',

  'sessions.current': 'This one',
  'sessions.lastUsed': 'Last used',
  'sessions.end': 'End',
  'sessions.endOf': 'End the session on {device}',
  'sessions.ended': 'Session ended',
  'sessions.failed': {
    one: '{count} log-in with a wrong password since {since}.',
    other: '{count} log-ins with a wrong password since {since}.',
  },
  'sessions.failedAdvice': 'If that was not you, choose a password that you use nowhere else.',
  'sessions.everywhere': 'Log out everywhere',
  'sessions.everywhereTitle': 'Log out everywhere?',
  'sessions.everywhereText': 'Every session ends, this one too.',
  'sessions.device': '{browser} on {system}',
  'sessions.unknown': 'Unknown device',

  'muted.posts': 'Posts',
  'muted.postsText': 'Their posts are not in your home feed. They are not told.',
  'muted.postsEmpty': 'You have muted nobody’s posts.',
  'muted.unmute': 'Unmute',
  'muted.unmuteOf': 'Unmute {name}',
  'muted.stories': 'Stories',
  'muted.storiesText': 'Their stories are not in the row above your feed. They are not told.',
  'muted.storiesEmpty': 'You have muted nobody’s stories.',
  'blocked.empty': 'You have not blocked anybody',
  'blocked.emptyText': 'Block someone from the menu on their profile; they are listed here.',

  'community.name': 'Name',
  'community.description': 'Description',
  'community.deletion': 'Days to change one’s mind after deleting an account',
  'community.deletionHint': 'Within them a log-in brings it back. 0: it is gone at once. At most 90.',
  'community.saved': 'Saved',
  'community.members': { one: '{count} member', other: '{count} members' },
})
