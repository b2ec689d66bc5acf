import type { UserSummary } from '@tintype/contract'
import { foldWords, isUnspaced, wordsOf } from './words.ts'

/** The form a username is stored and looked up in. */
export const foldUsername = (text: string): string => text.trim().replace(/^@/, '').toLowerCase()

/** So many words lead to one member. */
const MOST = 48

/**
 * The words a member is found by: the username and its parts, the words of the name, what hyphens and apostrophes join
 * (`obrien`), and in names without spaces each place a word may begin.
 */
function nameTerms(username: string, fullName: string): string[] {
  const words = wordsOf(fullName)
  const joined = foldWords(fullName)
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
interface Wanted {
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
function wantedOf(q: string): Wanted[] {
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
