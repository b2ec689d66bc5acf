import { expect, it } from 'vitest'
import { nextPlace, placeOf, shownSeconds } from './follow-clips.ts'

const clips = [
  { start_ms: 4000, end_ms: 6000 },
  { start_ms: 0, end_ms: 2000, speed: 2 },
  { start_ms: 8000, end_ms: 9000, speed: 0.5 },
]

it('finds what is shown when', () => {
  expect(shownSeconds(clips)).toBe(2 + 1 + 2)
  expect(placeOf(clips, 0)).toEqual({ index: 0, time: 4 })
  expect(placeOf(clips, 2.5)).toEqual({ index: 1, time: 1 })
  expect(placeOf(clips, 4)).toEqual({ index: 2, time: 8.5 })
  expect(placeOf(clips, 99)).toEqual({ index: 2, time: 9 })
})

it('goes on with the next clip, behind the last with the first, and stays where somebody went', () => {
  expect(nextPlace(clips, 0, 5)).toBeUndefined()
  expect(nextPlace(clips, 0, 6.03)).toEqual({ index: 1, time: 0 })
  expect(nextPlace(clips, 2, 9.01)).toEqual({ index: 0, time: 4 })
  expect(nextPlace(clips, 0, 1)).toEqual({ index: 1, time: 1 })
  expect(nextPlace(clips, 0, 0)).toEqual({ index: 1, time: 0 })
})
