import { expect, test } from 'vitest'
import { hasFilteredWord } from './word-filter.ts'

test.each([
  ['You are an IDIOT!', 'idiot', true],
  ['ídiöt', 'idiot', true],
  ['id\u200biot', 'idiot', true],
  ['ｉｄｉｏｔ', 'idiot', true],
  ['#idiot', 'idiot', true],
  ['idiotic', 'idiot', false],
  ['Scunthorpe', 'cunt', false],
  ['class, then ass', 'ass', true],
  ['buy   now\nand here', 'Buy now', true],
  ['bye now', 'buy now', false],
  ['君は馬鹿だ', '馬鹿', true],
  ['คุณโง่มาก', 'โง่', true],
  ['ты дурак', 'Дурак', true],
  ['дураков', 'дурак', false],
  ['ha 🤡🤡', '🤡', true],
  ['c++ is $%', '$%', true],
  ['anything', ' ', false],
])('%j and the word %j: %s', (text, word, found) => {
  expect(hasFilteredWord(text, ['other', word])).toBe(found)
})

test.each([
  ['a word within others', 'xassx'.repeat(50_000)],
  ['accents on one letter', `a${'\u0301'.repeat(100_000)}${'\u0323'.repeat(100_000)}`],
  ['points on one letter', `א${'\u05b4'.repeat(100_000)}${'\u05b0'.repeat(100_000)}`],
  [
    'points with what cannot be seen between',
    `א${'\u05b4\u200d'.repeat(50_000)}${'\u05b0\u200d'.repeat(50_000)}`,
  ],
])('%s, without end, are looked through in time that grows with their length', (_, text) => {
  expect(hasFilteredWord(text, ['ass'])).toBe(false)
})
