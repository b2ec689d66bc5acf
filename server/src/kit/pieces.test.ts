import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesAtMost, textOf, writePieces } from './pieces.ts'

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }))

it('makes of any pieces, bytes or strings, the text they are pieces of', () => {
  fc.assert(
    fc.property(texts, fc.infiniteStream(fc.boolean()), (parts, isBytes) => {
      const pieces = parts.map((part) => (isBytes.next().value ? Buffer.from(part) : part))
      expect(textOf(pieces)).toBe(parts.join(''))
    }),
  )
})

it('says how much room they need, and takes no more', () => {
  fc.assert(
    fc.property(texts, (pieces) => {
      const room = bytesAtMost(pieces)
      const buffer = Buffer.alloc(room + 8, '#')
      const length = writePieces(pieces, buffer)
      expect(length).toBe(Buffer.byteLength(pieces.join('')))
      expect(buffer.toString('utf8', length)).toBe('#'.repeat(room + 8 - length))
    }),
  )
})
