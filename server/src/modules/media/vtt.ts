import { limits, TintypeError } from '@tintype/contract'

interface Cue {
  /** Milliseconds. */
  from: number
  to: number
  lines: string[]
}

const TIMES = /^\s*((?:\d{1,3}:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d{1,3}:)?\d{2}:\d{2}\.\d{3})(?:\s|$)/
/** What is no cue: notes, style sheets, places on the screen. */
const ASIDE = /^(?:NOTE|STYLE|REGION)(?:\s|$)/
const TAG = /<[^<>]*>/g
/** Signs that are written by their names; players read any that HTML knows, also by number, and so any word. */
const named = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }
const NAMED = /&(amp|lt|gt|nbsp|lrm|rlm);/g
const UNNAMED = /&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/**
 * Captions as they are kept (WebVTT, https://www.w3.org/TR/webvtt1/): times and words alone, without markup, styles, notes, names and
 * places of cues. Rejects with `captions_invalid`.
 */
export function cleanCaptions(text: string): string {
  const [head = '', ...blocks] = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(head)) throw new TintypeError('captions_invalid')
  const cues = blocks.filter((block) => block.trim() !== '' && !ASIDE.test(block)).map(cueOf)
  if (cues.length === 0 || cues.length > limits.captionCues) throw new TintypeError('captions_invalid')
  const written = cues
    .filter(({ lines }) => lines.length > 0)
    .map(({ from, to, lines }) => `${clock(from)} --> ${clock(to)}\n${lines.join('\n')}\n`)
  return `WEBVTT\n\n${written.join('\n')}`
}

/** What is said in them as it is read, for whoever has to judge it. */
export const wordsOf = (vtt: string): string =>
  vtt
    .split('\n')
    .filter((line) => line !== 'WEBVTT' && !TIMES.test(line))
    .join('\n')
    .replace(NAMED, (_, name: keyof typeof named) => named[name])

function cueOf(block: string): Cue {
  const lines = block.split('\n')
  // A line in front of the times is the cue's name.
  const at = lines.slice(0, 2).findIndex((line) => TIMES.test(line))
  const [, begin, end] = TIMES.exec(lines[at] ?? '') ?? []
  if (!begin || !end) throw new TintypeError('captions_invalid')
  const [from, to] = [millisecondsOf(begin), millisecondsOf(end)]
  if (to <= from) throw new TintypeError('captions_invalid')
  return {
    from,
    to,
    lines: lines
      .slice(at + 1)
      .map(plain)
      .filter(Boolean),
  }
}

/** What is left of a tag that was never closed stays, as the sign that it is; an arrow would begin another cue. */
const plain = (line: string): string =>
  line
    .replace(TAG, '')
    .replace(CONTROL, '')
    .replace(UNNAMED, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('-->', '--&gt;')
    .trim()

function millisecondsOf(time: string): number {
  const [seconds = 0, minutes = 0, hours = 0] = time.split(':').map(Number).reverse()
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000)
}

function clock(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const rest = (ms % 60_000) / 1000
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${rest.toFixed(3).padStart(6, '0')}`
}
