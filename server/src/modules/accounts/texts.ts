import { createT } from '@tintype/contract/core/texts'

/** What mails about the account itself say. */
export const t = createT({
  hello: 'Hello {name},',
  'verify.subject': 'Is this your address?',
  'verify.line':
    'Somebody made an account at {community} with this address: {username}. If that was you, say so, and it is yours.',
  'verify.action': 'Yes, this is my address',
  'verify.note':
    'The link is good for three days. If you know nothing of this, do nothing: without your yes no other mail comes.',
  'reset.subject': 'A new password for {username}',
  'reset.line':
    'Somebody asked for a new password for your account. If that was you, choose it here. All your sessions end then.',
  'reset.action': 'Choose a new password',
  'reset.note':
    'The link is good for an hour, and once. If you did not ask, do nothing: your password stays what it is.',
  'password.subject': 'Your password was changed',
  'password.line': 'The password of {username} was changed on {when}. If that was you, all is well.',
  'password.action': 'It was not me',
  'password.note': 'Whoever reads this mail can choose a new password, which ends every session.',
  'factors.totp_on': 'Log-ins ask for a code now',
  'factors.totp_on.line':
    'Since {when} whoever logs in as {username} is asked for a code of your authenticator app as well.',
  'factors.totp_off': 'Log-ins ask for no code any more',
  'factors.totp_off.line': 'Since {when} the password is enough to log in as {username}.',
  'factors.codes_renewed': 'New recovery codes',
  'factors.codes_renewed.line':
    'New recovery codes were made for {username} on {when}. Those before are good no longer.',
  'factors.code_used': 'A recovery code was used',
  'factors.code_used.line': '{username} was logged in with a recovery code on {when}. It is good no longer.',
  'factors.passkey_added': 'A passkey was added',
  'factors.passkey_added.line': 'A passkey was added to {username} on {when}. It lets in without a password.',
  'factors.passkey_removed': 'A passkey was removed',
  'factors.passkey_removed.line': 'A passkey of {username} was removed on {when}. It lets in no longer.',
  'factors.openid_linked': 'Another log-in was linked',
  'factors.openid_linked.line':
    'Since {when} whoever logs in at the place that {community} trusts can be {username} here, without the password.',
  'factors.openid_unlinked': 'A log-in was unlinked',
  'factors.openid_unlinked.line':
    'A log-in of {username} at another place was unlinked on {when}. It lets in no longer.',
  'factors.action': 'See how your account is guarded',
  'factors.note': 'If that was not you: choose a new password now. All other sessions end then.',
  'leaving.subject': 'Your account is deleted on {when}',
  'leaving.line':
    'You asked to delete {username} at {community}. Nobody sees it any more, and on {when} all of it goes for good.',
  'leaving.action': 'Log in to keep it',
  'leaving.note': 'If you did not ask for it: log in, and choose a new password.',
  'device.subject': 'A log-in from a new place',
  'device.line': '{username} was logged in on {when} from a device or network that was not used before.',
  'device.what': 'It calls itself “{agent}”, at the address {ip}.',
  'device.action': 'See where you are logged in',
  'device.note': 'If that was not you: choose a new password. All other sessions end then.',
  'app.subject': 'Another app uses your account',
  'app.line': 'On {when} the app “{app}” was let in to {username}. It stays so until you end it.',
  'app.action': 'See what it may do',
  'app.note': 'If that was not you: end it there, and choose a new password.',
  'token.subject': 'A token for your account was made',
  'token.line':
    'On {when} the access token “{app}” was made for {username}. Whoever has it can act as you, as far as it allows.',
  'changeNew.subject': 'Is this your new address?',
  'changeNew.line': '{username} asked to use this address at {community} from now on.',
  'changeNew.action': 'Yes, use this address',
  'changeOld.subject': 'Another address for your account?',
  'changeOld.line':
    '{username} is to be reached at {email} from now on. That happens once you say so here, and there.',
  'changeOld.action': 'Yes, change it',
  'change.note':
    'The link is good for a day. If you did not ask for it, do nothing, and choose a new password: somebody knows yours.',
  'changed.subject': 'Your address was changed',
  'changed.line': 'From now on {username} is reached at {email}, and no longer here.',
  'changed.note': 'If that was not you, write to the people who run {community}.',
})
