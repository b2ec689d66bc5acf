import { createT } from '../../kit/i18n.ts'
import { messages } from '../../kit/messages.ts'

/** Of the screens on which one makes, enters or looks after an account: loaded with them, not with the app. */
export const accountMessages = {
  'password.short': 'At least {min} characters.',
  'password.strength': 'Strength: {word}',
  'password.0': 'too easy',
  'password.1': 'weak',
  'password.2': 'fair',
  'password.3': 'good',
  'password.4': 'strong',
  'password.advice': 'A few unrelated words work better than one with digits.',

  'field.username': 'Username',
  'field.usernameHint': 'Letters, digits, dots and underscores.',
  'field.fullName': 'Name',
  'field.fullNameHint': 'As people know you.',
  'field.email': 'E-mail',
  'field.password': 'Password',
  'field.login': 'Username or e-mail',
  'field.invitation': 'Invitation code',
  'field.emailBad': 'This does not look like an e-mail address.',
  'field.usernameBad':
    '{min} to {max} letters, digits, dots and underscores; no dot at an end or beside another.',
  'field.required': 'Please fill this in.',

  'login.title': 'Log in',
  'login.passkey': 'Log in with a passkey',
  'login.forgot': 'Forgot your password?',
  'login.new': 'New here?',
  'login.wait.seconds': {
    one: 'There were too many wrong passwords. Please try again in {count} second.',
    other: 'There were too many wrong passwords. Please try again in {count} seconds.',
  },
  'login.wait.minutes': {
    one: 'There were too many wrong passwords. Please try again in {count} minute.',
    other: 'There were too many wrong passwords. Please try again in {count} minutes.',
  },
  'goodbye.title': 'Goodbye, and thank you',
  'goodbye.text':
    'Your account is deleted, with all that you posted here. What you photographed stays yours, and the door stays where it is.',
  'goodbye.action': 'Look around once more',

  'signUp.title': 'Join {name}',
  'signUp.text': 'See what the people here photograph, and show them what you see.',
  'signUp.action': 'Sign up',
  'signUp.have': 'Have an account?',
  'signUp.toLogin': 'Log in',
  'signUp.closed.title': '{name} is not taking new members',
  'signUp.closed.text': 'Ask the person who runs it, or log in if you already have an account.',
  'signUp.invited': 'This community is by invitation. Enter the code you were given.',

  'setup.title': 'Set up your Tintype',
  'setup.step': 'Step {n} of {of}',
  'setup.place.title': 'Name the place',
  'setup.place.text':
    'What will people call it? A family, a club, a street, a company: you can change it later.',
  'setup.place.name': 'Name',
  'setup.place.namePlaceholder': 'The Photo Club',
  'setup.place.description': 'In a sentence (optional)',
  'setup.join.title': 'Who may join?',
  'setup.join.text': 'This can be changed at any time in the settings.',
  'setup.owner.title': 'Your account',
  'setup.owner.text':
    'You are the first one here, and so the owner. Take a name of your own: words like “owner” and “admin” are kept free.',
  'setup.invite.title': 'Invite the others',
  'setup.invite.open':
    'Whoever has this address can make an account. Send it to the first people now, or later.',
  'setup.invite.byCode':
    'Each code lets one person join, within 14 days. Make some now, or later in the settings.',
  'setup.next': 'Continue',
  'setup.back': 'Back',
  'setup.finish': 'Open the doors',
  'setup.welcome.title': '{name} is open',
  'setup.welcome.text':
    'The wall is still empty. Hang the first photograph, so that whoever comes next finds something to look at.',
  'setup.welcome.action': 'Post the first photograph',
  'setup.welcome.later': 'Later, show me around',

  'community.invite': 'Invitations',
  'community.inviteText': 'Each code lets one person join, within 14 days.',
  'community.inviteAction': 'New invitation',
  'community.copyInvite': 'Copy link',
  'community.expires': 'Good until {date}',

  'join.label': 'Who may join',
  'join.open': 'Anyone',
  'join.openHint': 'Everybody who finds this address can make an account.',
  'join.invitation': 'By invitation',
  'join.invitationHint': 'You hand out codes, each good for one person.',
  'join.closed': 'Nobody for now',
  'join.closedHint': 'Members stay; the sign-up page is closed.',

  'working.note':
    'Log-ins are being attacked here, so your device works out a small sum first. This takes some seconds; nothing is sent to anybody else.',
  'welcome.tagline': 'Photographs, among people you know.',
} as const

export const t = createT({ ...messages, ...accountMessages })
