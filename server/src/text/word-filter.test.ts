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
