import { expect, test } from 'vitest'
import { placeIn } from './place.ts'

const wide = { width: 200, height: 100 }
const square = { width: 100, height: 100 }

test.each([
  ['whole, where the box has its shape', { x: 0.25, y: 0.75 }, square, 'cover', { x: 25, y: 75 }],
  ['the middle stays the middle', { x: 0.5, y: 0.5 }, wide, 'cover', { x: 50, y: 50 }],
  ['further out where the sides are cut', { x: 0.4, y: 0.2 }, wide, 'cover', { x: 30, y: 20 }],
  ['at the edge where it is cut away', { x: 0.1, y: 0.5 }, wide, 'cover', { x: 3, y: 50 }],
  ['nearer where there are bars', { x: 0.4, y: 0.1 }, wide, 'contain', { x: 40, y: 30 }],
] as const)('%s', (_, spot, picture, fit, place) => {
  const found = placeIn(spot, picture, square, fit)
  expect(found.x).toBeCloseTo(place.x)
  expect(found.y).toBeCloseTo(place.y)
})
