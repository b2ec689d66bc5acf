/** The one unit in which texts are counted: Unicode code points, as JSON Schema's `maxLength` and PostgreSQL's `char_length` do. */
export function textLength(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

const VISIBLE = /[^\s\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u

/** Nothing of it can be seen: blanks, joiners, fillers. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text)

// Controls, and the marks that turn the direction of the text around them (they could dress one name up as another).
const REMOVED = /(?![\n\r\t\v\f\u0085])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g
// On one letter; no language comes near. To put very many in order takes minutes.
const MARKS = /\p{M}+/gu
const MOST_MARKS = 60

/** Before a text is brought into a normal form. */
export const withoutHeaps = (text: string): string =>
  text.replace(MARKS, (run) => (run.length > MOST_MARKS ? [...run].slice(0, MOST_MARKS).join('') : run))

/**
 * A text as it is stored: one form of each letter, no heaps of accents, no controls, no blanks at the ends; empty where nothing of it can be seen.
 * `line`: on one line. `lines`: line breaks stay, at most one empty line between two others.
 */
export function tidyText(text: string, form: 'line' | 'lines'): string {
  const bare = text.toWellFormed().replace(REMOVED, '').replace(LINE_BREAK, '\n')
  // Once more at the end: some signs are two marks in that form.
  const clean = withoutHeaps(withoutHeaps(bare).normalize('NFC'))
  if (isBlank(clean)) return ''
  if (form === 'line') return clean.replace(/\s+/gu, ' ').trim()
  const lines = clean.split('\n').map((line) => (isBlank(line) ? '' : line.replaceAll('\t', ' ').trimEnd()))
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
