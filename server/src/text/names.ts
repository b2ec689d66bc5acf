import type { UserSummary } from '@tintype/contract'

// Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic: names are written with and without them. Marks
// of other scripts (Hindi, Thai, the voiced sounds of Japanese) are letters in all but name.
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]|\p{Default_Ignorable_Code_Point}/gu
const PLAIN: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ŧ: 't',
  ى: 'ي',
  ة: 'ه',
  ٱ: 'ا',
}
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')

/** The form a username is stored and looked up in. */
export const foldUsername = (text: string): string => text.trim().replace(/^@/, '').toLowerCase()

/** The form in which names are compared: without accents and letter case. */
const foldName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    // By way of capitals, which know that ß is SS.
    .toUpperCase()
    .toLowerCase()
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')

const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const LETTER = '[\\p{L}\\p{M}\\p{N}]'
/** A word: of scripts that put no space between words by itself, beside letters of others. */
const WORD = new RegExp(`(?:(?=[${UNSPACED}])${LETTER})+|(?:(?![${UNSPACED}])${LETTER})+`, 'gu')
const isUnspaced = (word: string): boolean => new RegExp(`^[${UNSPACED}]`, 'u').test(word)
// Letters by Unicode, apostrophes by their use.
const APOSTROPHES = /[\u02b9-\u02bf]/gu

/** How both names and what is searched for are cut: `O’Brien` is two words, `田中Hanako` as well. */
const wordsOf = (text: string): string[] => foldName(text).replace(APOSTROPHES, ' ').match(WORD) ?? []

/** So many words lead to one member. */
const MOST = 48

/**
 * The words a member is found by: the username and its parts, the words of the name, what hyphens and apostrophes join
 * (`obrien`), and in names without spaces each place a word may begin.
 */
export function nameTerms(username: string, fullName: string): string[] {
  const words = wordsOf(fullName)
  const joined = foldName(fullName)
    .split(/\s+/u)
    .map((part) => wordsOf(part).join(''))
  const unspaced = [...words.filter(isUnspaced), words.filter(isUnspaced).join('')]
  const beginnings = unspaced.flatMap((word) => [...word].map((_, at, letters) => letters.slice(at).join('')))
  const named = wordsOf(username)
  return [...new Set([username, ...named, named.join(''), ...words, ...joined, ...beginnings])]
    .filter(Boolean)
    .slice(0, MOST)
}

/** A word of a search: terms from `from` up to, without, `to` match it, compared by code point. */
export interface Wanted {
  from: string
  to: string
}

/** Terms hold no such letter. */
const FIRST = '\u0001'
const LAST = '\u{10ffff}'

/**
 * What is wanted by a search: every word, the last by its beginning; the one that narrows it most stands first. Words of names
 * without spaces match where a word may begin.
 */
export function wantedOf(q: string): Wanted[] {
  const words = wordsOf(q.slice(0, 128))
  const isWhole = (word: string, at: number) => at < words.length - 1 && !isUnspaced(word)
  return words
    .map((word, at) => ({ word, whole: isWhole(word, at) }))
    .sort((a, b) => Number(b.whole) - Number(a.whole) || b.word.length - a.word.length)
    .map(({ word, whole }) => ({ from: word, to: word + (whole ? FIRST : LAST) }))
}

/** Whether a member is found by a search; everybody is by an empty one. */
export function nameMatcher(q: string): (user: Pick<UserSummary, 'username' | 'full_name'>) => boolean {
  const wanted = wantedOf(q)
  return ({ username, full_name }) => {
    const terms = wanted.length > 0 ? nameTerms(username, full_name) : []
    return wanted.every(({ from, to }) => terms.some((term) => term >= from && term < to))
  }
}
