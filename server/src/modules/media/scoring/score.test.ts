import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decided, type Looked, type Shares, scoreOf } from './score.ts'

const sharesOf = (porn: number, hentai = 0): Shares => {
  const neutral = 1 - porn - hentai
  return { drawing: 0, hentai, neutral, porn, sexy: 0 }
}
const looked = (...porn: number[]): Looked => porn.map((share, tile) => ({ tile, shares: sharesOf(share) }))

test('what a program takes for sexual counts, photographed or drawn; what only suggests does not', () => {
  expect(scoreOf(sharesOf(0.5, 0.25))).toBe(75)
  expect(scoreOf({ ...sharesOf(0.1), neutral: 0, sexy: 0.9 })).toBe(10)
  expect(scoreOf(sharesOf(0.849_999))).toBe(84)
})

test('of a film one frame alone decides nothing, where there are others', () => {
  expect(decided(looked(0.9))).toMatchObject({ score: 90, tile: 0 })
  expect(decided(looked(0.1, 0.9))).toMatchObject({ score: 90, tile: 1 })
  expect(decided(looked(0.1, 0.99, 0.2, 0.7))).toMatchObject({ score: 70, tile: 3 })
  expect(decided([])).toBeUndefined()
})

test('a score is from 0 to 100 and never falls where a frame shows more', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 8 }), fc.nat(), share, (frames, at, more) => {
      const before = decided(looked(...frames))?.score ?? -1
      const grown = frames.map((one, index) => (index === at % frames.length ? Math.max(one, more) : one))
      const after = decided(looked(...grown))?.score ?? -1
      expect(before).toBeGreaterThanOrEqual(0)
      expect(after).toBeLessThanOrEqual(100)
      expect(after).toBeGreaterThanOrEqual(before)
    }),
  )
})
