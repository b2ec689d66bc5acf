import { createT } from '../../../kit/i18n.ts'

/** Loaded with the first film. */
export const t = createT({
  'film.play': 'Play',
  'film.pause': 'Pause',
  'film.soundOn': 'Turn sound on',
  'film.soundOff': 'Turn sound off',
  'film.captionsOn': 'Show captions',
  'film.captionsOff': 'Hide captions',
  'film.silent': 'This video has no sound',
  'film.position': 'Position',
  'film.time': '{at} of {of}',
  'film.broken': 'This video does not play here',
  'film.label': 'Video: {text}',
})
