import { createT } from '../../kit/i18n.ts'

/** Loaded with the page where a member allows an app. */
export const t = createT({
  'consent.title': 'Let {app} use your account?',
  'consent.page': 'Allow an app',
  'consent.as': 'As',
  'consent.madeBy': 'Made by @{name}, and not by {place}.',
  'consent.madeByNobody': 'This app has registered itself: nobody here answers for its name.',
  'consent.never':
    'It never learns your password, and cannot change it, your e-mail address or your log-ins. You can end this at any time in Settings, Apps.',
  'consent.returns': 'You go back to {host}.',
  'consent.returnsHere': 'You go back to an app on this device.',
  'consent.allow': 'Allow',
  'consent.deny': 'Don’t allow',
  'consent.left': 'You can go back to {app}',
  'consent.leftText': 'It has its answer. If nothing happens, close this page and look there.',
  'consent.bad': 'This cannot be answered',
  'consent.refused': '{app} asks for what it may not have, or in a wrong way.',
  'consent.back': 'Go back to the app',
  'consent.backTo': 'Go back to {host}',
  'consent.home': 'Go home',
  'device.title': 'Connect a device',
  'device.text': 'Type the code that the device or the program shows.',
  'device.code': 'Code',
  'device.next': 'Continue',
  'device.check':
    'Only go on if you have this device before you, and it shows the code {code}. Nobody from here ever asks you for one.',
  'device.allowed': 'The device is connected',
  'device.allowedText': 'It goes on by itself in a few seconds. You can close this page.',
  'device.denied': 'The device was not connected',
  'device.deniedText': 'It is told so. Nothing of yours was shared.',
})
