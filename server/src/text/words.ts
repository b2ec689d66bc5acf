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

/** The form in which words are compared: without accents and letter case. */
export const foldWords = (text: string): string =>
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
export const isUnspaced = (word: string): boolean => new RegExp(`^[${UNSPACED}]`, 'u').test(word)
// Letters by Unicode, apostrophes by their use.
const APOSTROPHES = /[\u02b9-\u02bf]/gu

/** How names, texts and what is searched for are cut: `O’Brien` is two words, `田中Hanako` as well. */
export const wordsOf = (text: string): string[] => foldWords(text).replace(APOSTROPHES, ' ').match(WORD) ?? []
