import { createT } from '../../../kit/i18n.ts'

/** Loaded with the section that says it. */
export const t = createT({
  'totp.offText':
    'With it whoever learns your password still cannot log in: they are asked for six digits that only your phone knows.',
  'totp.begin': 'Set up an authenticator app',
  'totp.scan':
    'Scan this with an authenticator app (such as 2FAS, Aegis, or the one of your password manager), then type the six digits that it shows.',
  'totp.picture': 'QR code with the secret for your authenticator app',
  'totp.byHand': 'Cannot scan? Type this secret into the app:',
  'totp.copy': 'Copy',
  'totp.copied': 'Copied',
  'totp.code': 'Code that the app shows',
  'totp.confirm': 'Turn on',
  'totp.cancel': 'Not now',
  'totp.on': 'Log-ins ask for a code of your authenticator app since {date}.',
  'totp.left': {
    one: '{count} recovery code is left.',
    other: '{count} recovery codes are left.',
  },
  'totp.renew': 'New recovery codes',
  'totp.renewTitle': 'Make new recovery codes?',
  'totp.renewText': 'The codes that you have are good no longer.',
  'totp.otherApp': 'Set up another app',
  'totp.off': 'Turn off',
  'totp.offTitle': 'Ask for no code any more?',
  'totp.offQuestion': 'The password is enough to log in then, and your recovery codes end.',
  'totp.isOff': 'Log-ins ask for no code any more',
  'passkeys.title': 'Passkeys',
  'passkeys.text':
    'A passkey lets you in by the finger, face or PIN of a device, without a password. Nobody can guess it or read it over your shoulder.',
  'passkeys.name': 'Name of the new passkey',
  'passkeys.nameHint': 'So that you know it again, such as “My phone”.',
  'passkeys.add': 'Add a passkey',
  'passkeys.added': 'Passkey added',
  'passkeys.list': 'Passkeys',
  'passkeys.never': 'Not used yet',
  'passkeys.used': 'Last used',
  'passkeys.rename': 'Rename',
  'passkeys.renameOf': 'Rename {name}',
  'passkeys.newName': 'New name',
  'passkeys.save': 'Save',
  'passkeys.remove': 'Remove',
  'passkeys.removeOf': 'Remove {name}',
  'passkeys.removeTitle': 'Remove {name}?',
  'passkeys.removeText':
    'It lets nobody in any more. The device keeps an entry of it, which you can delete there.',
  'passkeys.removed': 'Passkey removed',
  'codes.title': 'Keep these recovery codes',
  'codes.text':
    'Should you lose your phone, each lets you in once. Print them, or keep them in your password manager: they are shown only now.',
  'codes.list': 'Recovery codes',
  'codes.copy': 'Copy them',
  'codes.save': 'Save as a file',
  'codes.file': 'Recovery codes of {username} at {place}. Each is good once.',
  'codes.done': 'I have kept them',
})
