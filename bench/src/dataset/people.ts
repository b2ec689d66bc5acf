import { hash32 } from './random.ts'

/** A UUIDv7 of an instant whose other bits follow from its name. */
export function idOf(kind: string, number: number, ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const rest = [0, 1, 2].map((part) => hash32(`${kind}/${number}/${part}`).toString(16).padStart(8, '0')) as [
    string,
    string,
    string,
  ]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest[0].slice(0, 3)}-8${rest[0].slice(3, 6)}-${rest[1]}${rest[2].slice(0, 4)}`
}

const given =
  'ada ben cleo dara elif finn gaia hugo ines jona kira leon mira noor otto pia quin rosa sami tess uma vera wim xenia yara zeno'.split(
    ' ',
  )
const family =
  'abel berg costa duarte eriksen falk grimm hansen ito jansen kovac lindt moreau novak okafor petrov quist rossi sato tanaka ueda varga weber xu yilmaz zorn'.split(
    ' ',
  )
const pick = <T>(list: readonly T[], name: string): T => list[hash32(name) % list.length] as T

export function personOf(number: number): { username: string; full_name: string } {
  const first = pick(given, `given/${number}`)
  const last = pick(family, `family/${number}`)
  const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`
  return { username: `${first}.${last}.${number}`, full_name: `${capital(first)} ${capital(last)}` }
}

const tags =
  'morning harbour film35mm portrait winter street analog blue night garden coffee coast market bicycle library snow window train river attic'.split(
    ' ',
  )
const openings = [
  'The light would not wait, so neither did I.',
  'Third roll of the week, and the first that came out.',
  'We took the long way home for this.',
  'Nobody believed it would be open this early.',
  'Found in a drawer, printed at last.',
  'Two minutes of sun in four days of rain.',
]
/** Every caption differs, and most have a tag or two; its number stands at the end. */
export function captionOf(post: number): string {
  const chosen = [0, 1]
    .filter((i) => hash32(`tagged/${post}/${i}`) % 3 > 0)
    .map((i) => `#${pick(tags, `tag/${post}/${i}`)}`)
  return [pick(openings, `opening/${post}`), ...new Set(chosen), `No. ${post}`].join(' ')
}

export const remarks = [
  'What a light.',
  'I was there last year, it looked nothing like this!',
  'Which film did you use?',
  'This belongs on a wall.',
  'Send me a print, please.',
  'The second one is my favourite.',
  'How long did you wait for that?',
]
