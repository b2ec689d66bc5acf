import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isBlank, textLength, tidyText } from './text-tidy.ts'

it.each([
  '',
  ' ',
  '\n\t',
  '\u200b',
  '\u3164',
  '\u2800',
  '\u200d\u200c',
  '\u00ad',
  '\u2060\ufeff',
  '\u115f\u1160',
  '\uffa0',
  '\u180e',
  '\ufe0f',
  '\u034f',
  '\u{e0020}',
  '\u202e',
  '\u00a0\u3000',
])('%j counts as empty', (text) => {
  expect(isBlank(text)).toBe(true)
  expect([tidyText(text, 'line'), tidyText(text, 'lines')]).toEqual(['', ''])
})

it.each(['a', '.', '❤️', '\u0301', '写', '·', '0', '٠', '🏳️‍🌈', '\u0600'])('%j does not', (text) => {
  expect(isBlank(text)).toBe(false)
  expect(tidyText(text, 'lines')).toBe(text.normalize('NFC'))
})

it.each([
  ['ab\u202ecd', 'abcd'],
  ['\u2066a\u2069\u202ab\u202c', 'ab'],
  ['a\u200fb', 'a\u200fb'],
  ['a\u0007b', 'ab'],
  ['Cafe\u0301', 'Café'],
  ['\ud800a', '\ufffda'],
])('%j becomes %j', (text, tidy) => {
  expect(tidyText(text, 'line')).toBe(tidy)
  expect(tidyText(text, 'lines')).toBe(tidy)
})

it.each([
  ['a\n\n\n\n\nb', 'a\n\nb'],
  ['a\r\n\r\n\r\nb\rc', 'a\n\nb\nc'],
  ['a\n \n\u200b\n\u2800\n\u3164\nb', 'a\n\nb'],
  ['\n\n a \n\n', 'a'],
  ['a\u2028\u2028\u2028b', 'a\n\nb'],
  ['a  b\tc', 'a  b c'],
])('lines: %j becomes %j', (text, tidy) => expect(tidyText(text, 'lines')).toBe(tidy))

it('keeps to one line where there is one', () => expect(tidyText(' a\n\n b\u3000c\t', 'line')).toBe('a b c'))

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('line', 'lines'), (text, form) => {
      const tidy = tidyText(text, form as 'line')
      expect(tidyText(tidy, form as 'line')).toBe(tidy)
      expect(tidy === '' || !isBlank(tidy)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

it('counts code points', () => {
  expect([textLength('a'), textLength('😀'), textLength('é'), textLength('👨‍👩‍👧')]).toEqual([1, 1, 1, 5])
})
