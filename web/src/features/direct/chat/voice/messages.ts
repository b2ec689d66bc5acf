import { createT } from '../../../../kit/i18n.ts'

export const t = createT({
  record: 'Record a voice note',
  recording: 'Recording, {time}',
  cancel: 'Discard the recording',
  send: 'Send the recording',
  refused: 'Tintype may not use the microphone. Allow it in your browser’s settings.',
  absent: 'No microphone was found.',
  play: 'Play the voice note',
  pause: 'Pause the voice note',
  label: 'Voice note, {time}',
  position: 'Position in the voice note',
  developing: 'The voice note is on its way',
  failed: 'This recording could not be used',
})
