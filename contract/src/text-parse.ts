import { limits } from './limits.ts'
import { textLength } from './text-tidy.ts'

/** A stretch of a text; the tokens of a text follow on each other and together are the text. UTF-16 offsets. */
export type Token = { start: number; end: number } & (
  | { type: 'text' }
  /** `url` is http or https. */
  | { type: 'link'; url: string }
  | { type: 'hashtag'; tag: string }
  /** `username` in lower case; whether it names anybody, the text does not say. */
  | { type: 'mention'; username: string }
)

// Where something other than plain text may begin. An address without a scheme is known by what follows its host.
const SIGN =
  /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{0,15}:\/\/|(?<![A-Za-z0-9._@/-])(?:www\.|(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?=[/?#:]))|[#＃@＠]/gu

/** Scripts that put no space between words: a sign right behind one of their letters begins a word as well. */
const SPACELESS =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u
/** Ends an emoji: selectors, the keycap, skin tones, the marks of flags. */
const EMOJI_END = /^[\ufe0e\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]/u
const WORD = /^[\p{L}\p{N}\p{M}_]/u

/** Cuts a text into plain stretches, web addresses, #hashtags and @mentions, in time that grows with its length. */
export function parseText(text: string): Token[] {
  const tokens: Token[] = []
  const sign = new RegExp(SIGN)
  let at = 0
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const { token, end } = tokenFrom(text, match.index, match[0])
    if (token) {
      if (token.start > at) tokens.push({ type: 'text', start: at, end: token.start })
      tokens.push(token)
      at = token.end
    }
    sign.lastIndex = Math.max(end, match.index + 1)
  }
  if (at < text.length) tokens.push({ type: 'text', start: at, end: text.length })
  return tokens
}

/** `end`: how far nothing else is to be looked for, also where there is no token. */
interface Found {
  token?: Token
  end: number
}

function tokenFrom(text: string, start: number, sign: string): Found {
  if (sign === '#' || sign === '＃') return hashtagFrom(text, start)
  if (sign === '@' || sign === '＠') return mentionFrom(text, start)
  return linkFrom(text, start, sign)
}

// Everything up to a blank, a quotation mark or the punctuation of scripts that have their own; bounded, as what follows
// on it is looked at again.
const ADDRESS = /[^\s\p{Cc}<>"“”„«»「」『』（）［］｛｝【】〈〉《》、。，！？；：…]{0,2200}/uy
const AUTHORITY = /^[^/?#]*/
const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
const TRAILING = ".,;:!?'’*([{"

function linkFrom(text: string, start: number, sign: string): Found {
  const raw = stretch(ADDRESS, text, start)
  const address = trimEnd(beforeOtherScript(raw, sign))
  const end = start + address.length
  const url = /^https?:\/\/$/i.test(sign) ? address : sign === 'www.' ? `https://${address}` : undefined
  return url !== undefined && isWebAddress(url) ? { token: { type: 'link', start, end, url }, end } : { end }
}

/** In a text without spaces the next word follows on the host at once: `https://example.orgを見て`. */
function beforeOtherScript(address: string, sign: string): string {
  const from = sign.includes('://') ? sign.length : 0
  const authority = AUTHORITY.exec(address.slice(from))?.[0] ?? ''
  if (SPACELESS.test(authority)) return address
  const next = [...authority].findIndex((letter) => SPACELESS.test(letter))
  return next < 0 ? address : address.slice(0, from + [...authority].slice(0, next).join('').length)
}

/** Without the punctuation of the sentence; a bracket stays where its other half is inside. */
function trimEnd(address: string): string {
  const open = new Map(
    Object.entries(OPENING).map(([close, opens]) => [close, excess(address, close, opens)]),
  )
  let end = address.length
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    const unmatched = open.get(last) ?? 0
    if (unmatched > 0) open.set(last, unmatched - 1)
    else if (!TRAILING.includes(last)) break
  }
  return address.slice(0, end)
}

const excess = (text: string, close: string, open: string): number =>
  text.split(close).length - text.split(open).length

/** No link for what hides its host behind a name, as `https://bank.example@evil.example`. */
function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  return !AUTHORITY.exec(url.slice(url.indexOf('://') + 3))?.[0].includes('@')
}

// Letters, marks and digits of any script, and what stands inside words: dots of Catalan and Japanese, what cannot be seen. No keycaps.
const TAG = /(?:(?![0-9]\ufe0f?\u20e3)(?!\u20e3)[\p{L}\p{M}\p{N}_·・･\p{Default_Ignorable_Code_Point}])*/uy
const TAG_BEGIN = /^[\p{L}\p{N}_]/u
const INSIDE = '·・･'

function hashtagFrom(text: string, start: number): Found {
  const run = stretch(TAG, text, start + 1)
  const end = start + 1 + run.length
  if (!TAG_BEGIN.test(run) || !beginsWord(text, start, '&/#＃=')) return { end: start + 1 }
  const tag = normalizeTag(run)
  if (!isTag(tag)) return { end }
  const token: Token = { type: 'hashtag', start, end: start + 1 + withoutEnd(run, INSIDE).length, tag }
  return { token, end: token.end }
}

const NAME = /[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*/y
/** `@ben@example.org` is somebody of another community. */
const ELSEWHERE = /[@＠][A-Za-z0-9-]+\.[A-Za-z0-9.-]*/y

function mentionFrom(text: string, start: number): Found {
  const name = stretch(NAME, text, start + 1)
  const end = start + 1 + name.length
  if (name === '' || !beginsWord(text, start, '&/#＃=@＠%+~')) return { end: start + 1 }
  const next = text.slice(end, end + 2)
  const elsewhere = stretch(ELSEWHERE, text, end)
  if (elsewhere) return { end: end + elsewhere.length }
  const goesOn = WORD.test(next) && !SPACELESS.test(next)
  if (goesOn || name.length > limits.usernameMax) return { end }
  return { token: { type: 'mention', start, end, username: name.toLowerCase() }, end }
}

/** Whether what begins at `at` follows on no word and on none of these characters. */
function beginsWord(text: string, at: number, forbidden: string): boolean {
  const before = characterBefore(text, at)
  if (before === '' || EMOJI_END.test(before) || SPACELESS.test(before)) return true
  if (WORD.test(before) || forbidden.includes(before)) return false
  // The inside of an address or of a word: `first.@name`.
  return !'.-'.includes(before) || !WORD.test(characterBefore(text, at - 1))
}

function characterBefore(text: string, at: number): string {
  const isPair = at > 1 && /[\udc00-\udfff]/.test(text.charAt(at - 1))
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at)
}

function withoutEnd(text: string, letters: string): string {
  let end = text.length
  while (end > 0 && letters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function stretch(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0] ?? ''
}

const IGNORED = /\p{Default_Ignorable_Code_Point}/gu
const NOT_OF_TAGS = /[^\p{L}\p{M}\p{N}_·・]/gu
const NOT_AT_BEGIN = /^[^\p{L}\p{N}_]+/u

/**
 * The form a hashtag is stored and looked up in; the same for its own result. Compatibility forms, letter case, joiners and
 * the dot of the Turkish i make no difference, so #Café and #CAFÉ meet, and #Straße and #STRASSE.
 */
export function normalizeTag(tag: string): string {
  // Folding may bring forth what folds again (a ligature, then its letters); a few rounds always end it.
  for (let round = 0; round < 4; round++) {
    const folded = foldTag(tag)
    if (folded === tag) break
    tag = folded
  }
  return tag
}

function foldTag(tag: string): string {
  const folded = tag
    .replace(IGNORED, '')
    .normalize('NFKC')
    // By way of capitals: they know that ß is SS and that ς is σ.
    .toUpperCase()
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC')
    .replace(NOT_OF_TAGS, '')
    .replace(NOT_AT_BEGIN, '')
  return withoutEnd(folded, INSIDE)
}

/** Of a normalized tag: it has a letter, and is not longer than its route takes. */
export const isTag = (tag: string): boolean => /\p{L}/u.test(tag) && textLength(tag) <= limits.hashtag
