import { createT } from '../../kit/i18n.ts'

/** What is said of the account to its member. */
export const t = createT({
  'status.good': 'All is well',
  'status.goodText': 'The moderators have done nothing with your account or with what you posted.',
  'status.strikes': {
    one: '{count} act of the moderators counts, of the last {days} days.',
    other: '{count} acts of the moderators count, of the last {days} days.',
  },
  'status.silenced': 'Only those who follow you see what you post.',
  'status.rule': 'Rule: {rule}',
  'status.ends': 'ends {when}',
  'status.lifted': 'no longer stands since {when}',
  'status.about': 'It is about: “{text}”',
  'status.automatic':
    'A program took it for that; no person has looked. If it is wrong, ask for another look.',
  'status.says': 'The moderators say: {text}',
  'status.appeal': 'Ask for another look',
  'status.why': 'Why should the moderators look again?',
  'status.whyHint': 'You can ask once. Somebody else decides, where there is somebody else.',
  'status.send': 'Send',
})
