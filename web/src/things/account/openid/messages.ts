import { createT } from '../../../kit/i18n.ts'

/** Of log-ins at another place. */
export const t = createT({
  'openid.logIn': 'Log in with {name}',
  'openid.title': 'Back from {name}',
  'openid.wait': 'Checking your log-in …',
  'openid.again': 'Begin again',
  'openid.toLogin': 'To the log-in',
  'openid.linked': 'You can log in with {name} now',
  'openid.proven': 'That was you. Go on with what you were about to do.',
  'openid.unlinked': 'Unlinked',
  'signUp.title': 'Your account at {name}',
  'signUp.text': 'You are new here. Choose how others will know you; {name} lets you in from now on.',
  'signUp.closed': '{name} knows you, but no account here is yours, and no new ones are made.',
  'signUp.have': 'You have an account already? Log in to it, and link {name} in your settings.',
  'signUp.proven': 'Known from {name}.',
  'only.text': 'Accounts of this community are made by logging in with {name}.',
  'settings.title': 'Log in with {name}',
  'settings.text': 'Link your account there, and it lets you in here without your password.',
  'settings.link': 'Link {name}',
  'settings.linked': 'Linked since {when}.',
  'settings.unlink': 'Unlink',
  'settings.unlinkTitle': 'Unlink {name}?',
  'settings.unlinkText': 'It lets you in no longer. Your account and all in it stay.',
  'settings.last': 'You have no password yet. Set one before you unlink it.',
  'proof.by': 'Log in with {name} again',
})
