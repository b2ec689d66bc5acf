import { createT } from '../../kit/i18n.ts'

/** What a member is told at the log-in whom moderators keep out. */
export const t = createT({
  'suspended.title': 'Your account is suspended',
  'suspended.until': 'It ends by itself on {when}.',
  'suspended.open': 'It lasts until the moderators lift it.',
  'suspended.rule': 'Rule: {rule}',
  'suspended.says': 'The moderators say: {text}',
  'suspended.why': 'Ask for another look',
  'suspended.whyHint': 'You can ask once. Somebody else decides, where there is somebody else.',
  'suspended.send': 'Send',
  'suspended.back': 'Back to the log-in',
})
