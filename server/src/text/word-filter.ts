import { withoutHeaps } from '@tintype/contract'

/** Scripts that put no spaces between words: a word of theirs is found inside of others, too. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u
const WORDLIKE = /^[\p{L}\p{M}\p{N}_]$/u
const INVISIBLE = /\p{Cf}|\u034f|\ufe0f/gu
/** Accents of Latin, Greek and Cyrillic; the marks of other scripts tell words apart. */
const ACCENTS = /[\u0300-\u036f]/g

/** As words are compared: without case, accents, widths and what cannot be seen; any space is one space. */
const plain = (text: string): string =>
  withoutHeaps(withoutHeaps(text).normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, ''))
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()

/** Whether a text has one of these words in it, as a word (or several) of its own. */
export function hasFilteredWord(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return false
  const said = plain(text)
  return words.some((word) => {
    const wanted = plain(word)
    return wanted !== '' && stands(said, wanted)
  })
}

function stands(said: string, wanted: string): boolean {
  for (let at = said.indexOf(wanted); at !== -1; at = said.indexOf(wanted, at + 1)) {
    const end = at + wanted.length
    if (
      isEdge([...said.slice(Math.max(0, at - 2), at)].at(-1), wanted) &&
      isEdge(firstOf(said.slice(end, end + 2)), wanted, true)
    )
      return true
  }
  return false
}

const firstOf = (text: string): string | undefined => [...text][0]

/** Does a word begin or end beside this character? */
function isEdge(beside: string | undefined, word: string, atEnd = false): boolean {
  const own = atEnd ? [...word].at(-1) : firstOf(word)
  if (beside === undefined || own === undefined || !WORDLIKE.test(own)) return true
  return !WORDLIKE.test(beside) || UNSPACED.test(own) || UNSPACED.test(beside)
}
