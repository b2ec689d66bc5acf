import { expect, it } from 'vitest'
import { cutText } from './cut-text.ts'

it.each([
  ['abc', 2, 'ab'],
  ['😀😀😀', 2, '😀😀'],
  ['😀😀', 2, '😀😀'],
  ['abc', undefined, 'abc'],
])('%j cut to %j is %j', (text, most, cut) => expect(cutText(text, most)).toBe(cut))
