import { createT } from '../../../kit/i18n.ts'

/** Loaded with settings, not with the app. */
export const t = createT({
  'quiet.title': 'Quiet mode',
  'quiet.text':
    'No pushes, no daily mail, no counts and no pill, until it is over; the list has everything. Mails about your account and its safety come all the same. It ends by itself.',
  'quiet.on': 'On until {time}',
  'quiet.byHours': 'By your week. It comes on again with it.',
  'quiet.end': 'End it now',
  'quiet.ended': 'Quiet mode is off',
  'quiet.begun': 'Quiet until {time}',
  'quiet.for': 'For how long',
  'quiet.hour': '1 hour',
  'quiet.hours': '{count} hours',
  'quiet.morning': 'Until tomorrow, 8 o’clock',
  'quiet.until': 'Until a time',
  'quiet.time': 'Until when',
  'quiet.timeFault': 'Choose a time to come, within four weeks.',
  'quiet.begin': 'Turn on',
  'quiet.longer': 'Change',
  'quiet.weekly': 'By the week',
  'quiet.weeklyHint': 'Comes on and ends by the clock of {zone}.',
  'quiet.days': 'Begins on',
  'quiet.from': 'From',
  'quiet.to': 'Until',
  'quiet.here': 'Use the clock of this device: {zone}',
  'quiet.shown': 'Let others know',
  'quiet.shownHint':
    'Whoever has a conversation with you sees “In quiet mode” there, and that you hear of messages later. Not until when.',
})
