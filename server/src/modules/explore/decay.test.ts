import { expect, test } from 'vitest'
import { deedsNow, FAST, heatOf, likeness, SLOW, TASTE_HALF_LIFE, tasteWeight, trend } from './decay.ts'

const NOW = Date.UTC(2026, 5, 1)

test('what lies a half-life back weighs half, whenever that is', () => {
  for (const at of [NOW, Date.UTC(2060, 0, 1)])
    expect(tasteWeight(at - TASTE_HALF_LIFE) / tasteWeight(at)).toBeCloseTo(0.5)
  expect(deedsNow(heatOf(8, NOW, FAST), NOW + FAST, FAST)).toBeCloseTo(4)
})

test('likeness is the same however much time passes, and counts less where it rests on few', () => {
  const [then, now] = [tasteWeight(NOW), tasteWeight(NOW + 90 * 86_400_000)]
  const cosine = (weight: number) => (6 * weight) / Math.sqrt(8 * weight * (10 * weight))
  expect(cosine(then)).toBeCloseTo(cosine(now))
  expect(likeness(6, 8, 10)).toBeGreaterThan(likeness(3, 4, 5))
  expect([likeness(0, 8, 10), likeness(6, 0, 10)]).toEqual([0, 0])
})

test('a post trends by its author’s measure', () => {
  const usual = (perHour: number) => (perHour * (SLOW / 3_600_000)) / Math.LN2
  const [fastOf, quiet, loud] = [(perHour: number) => (perHour * 6) / Math.LN2, usual(1), usual(50)]
  expect(trend(fastOf(1), quiet)).toBeCloseTo(0)
  expect(trend(fastOf(20), quiet)).toBeGreaterThan(trend(fastOf(60), loud))
  expect(trend(fastOf(10), loud)).toBeLessThan(0)
})
