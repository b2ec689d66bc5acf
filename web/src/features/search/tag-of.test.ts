import { expect, it } from 'vitest'
import { tagOf } from './tag-of.ts'

it.each([
  ['#Porto', 'porto'],
  ['porto', 'porto'],
  [' ＃CAFÉ ', 'café'],
  ['two words', undefined],
  ['#2026', undefined],
  ['', undefined],
  ['#', undefined],
  ['ana.b', undefined],
])('%j means %s', (text, tag) => expect(tagOf(text)).toBe(tag))
