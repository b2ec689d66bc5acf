import { createT } from '../../kit/i18n.ts'

/** Of proving that it is the member: at log-in and before what is dangerous. */
export const t = createT({
  'proof.title': 'Is it you?',
  'proof.text':
    'What you are about to do matters. Prove once more that it is you; that holds for ten minutes.',
  'proof.password': 'Your password',
  'proof.code': 'Code of your authenticator app',
  'proof.action': 'Continue',
  'proof.byCode': 'Use a code of the app instead',
  'proof.byPassword': 'Use the password instead',
  'proof.cannot': 'This browser, or the address of this page, cannot use passkeys.',
  'proof.passkey': 'Use a passkey',
  'step.title': 'One more step',
  'step.text': 'Open your authenticator app and type the six digits that it shows for this place.',
  'step.recoveryText': 'Type one of the ten recovery codes that you kept. Each is good once.',
  'step.recovery': 'Recovery code',
  'step.byRecovery': 'No phone? Use a recovery code',
  'step.byCode': 'Use a code of the app',
  'step.again': 'Begin again',
  'step.missing': 'Please type the code.',
})
