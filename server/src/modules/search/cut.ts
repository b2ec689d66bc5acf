import type { Run, WantedRun } from '../../engines/search-index/port.ts'
import { foldWords, isUnspaced, wordsOf } from '../../text/words.ts'

/** Of a text and of a search, so many; what nobody types is left out. */
const MOST_RUNS = 1200
const MOST_WANTED = 12
/** Letters of a word. */
const LONGEST = 64

/** A picture sign, or a flag; tones of skin and what joins signs aside. */
const EMOJI = /\p{RI}\p{RI}|\p{Extended_Pictographic}/gu
const emojiOf = (text: string): string[] => foldWords(text).match(EMOJI) ?? []

/**
 * Scripts without spaces are cut into pairs of letters, and a last letter by itself: so any part of a text is found, down to one letter,
 * and what is searched for is cut as what is found. `Intl.Segmenter` would cut into words, by what stands around them: of ラテ it makes
 * ラ and テ in one text and ラテ in another, and finds neither by the other.
 */
const pairsOf = (word: string): string[] => {
  const letters = [...word]
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ''))
}
const runOf = (word: string): Run =>
  isUnspaced(word) ? pairsOf(word) : [[...word].slice(0, LONGEST).join('')]

const unique = (runs: readonly Run[]): Run[] => [...new Map(runs.map((run) => [run.join(' '), run])).values()]

/** How a text is found. */
export const cutText = (text: string): Run[] =>
  unique([...wordsOf(text).map(runOf), ...emojiOf(text).map((sign) => [sign])]).slice(0, MOST_RUNS)

/**
 * How a name is found: by its words, by what hyphens, dots and apostrophes join (`obrien`, `marinafoto`), and over the spaces that some
 * put into names of scripts without them.
 */
export function cutName(name: string): Run[] {
  const words = wordsOf(name)
  const joined = foldWords(name)
    .split(/\s+/u)
    .map((part) => wordsOf(part).join(''))
    .filter((part) => part !== '' && !isUnspaced(part))
  const unspaced = words.filter(isUnspaced).join('')
  return unique([...cutText(name), ...[...joined, ...(unspaced === '' ? [] : [unspaced])].map(runOf)])
}

/** A name in one word, for whoever types just that. */
export const wholeName = (name: string): string =>
  wordsOf(name)
    .join('')
    .slice(0, 4 * LONGEST)

/** What is searched for: every word, the last by its beginning. `#`, `@` and other signs are not part of it. */
export function cutSearch(q: string): { whole: string; wanted: WantedRun[] } {
  const words = wordsOf(q)
  const wanted = words.map((word, at): WantedRun => {
    if (isUnspaced(word)) {
      const pairs = pairsOf(word)
      // One letter begins a pair wherever it stands.
      return pairs.length === 1
        ? { run: pairs, isPrefix: true, isForgiving: false }
        : { run: pairs.slice(0, -1), isPrefix: false, isForgiving: false }
    }
    const isForgiving = !/\p{N}/u.test(word)
    return { run: runOf(word), isPrefix: at === words.length - 1, isForgiving }
  })
  const signs = emojiOf(q).map((sign) => ({ run: [sign], isPrefix: false, isForgiving: false }))
  return { whole: wholeName(q), wanted: [...wanted, ...signs].slice(0, MOST_WANTED) }
}
