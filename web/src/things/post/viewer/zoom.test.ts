import { expect, it } from 'vitest'
import { doubleTapScale, fitted, maxScale, moved, settle, whole, zoomAround } from './zoom.ts'

const stage = { width: 400, height: 800 }
const tall = { width: 1080, height: 1920 }
const panorama = { width: 4000, height: 1000 }
const thread = { width: 16, height: 65_500 }

it('shows all of a picture, whatever its shape', () => {
  expect(fitted(tall, stage)).toEqual({ width: 400, height: 400 * (1920 / 1080) })
  expect(fitted(panorama, stage)).toEqual({ width: 400, height: 100 })
  expect(fitted(thread, stage)).toEqual({ width: 1, height: 800 })
})

it('enlarges a panorama, and even a thread, until it fills the stage', () => {
  const fill = (picture: typeof tall) => doubleTapScale(picture, fitted(picture, stage), stage)
  expect(fill(panorama)).toBe(8)
  expect(fill(thread)).toBe(400)
  expect(fill(tall)).toBe(2.5)
  expect(maxScale(panorama, fitted(panorama, stage), stage)).toBe(20)
})

it('keeps what lies under the fingers where it is', () => {
  const zoomed = zoomAround(whole, 3, { x: 50, y: -20 })
  expect(zoomed).toEqual({ scale: 3, x: -100, y: 40 })
  expect(zoomAround(zoomed, 1, { x: 50, y: -20 })).toEqual(whole)
  const before = [
    { x: -20, y: 0 },
    { x: 20, y: 0 },
  ]
  const after = [
    { x: -30, y: 10 },
    { x: 50, y: 10 },
  ]
  expect(moved(whole, before, after)).toEqual({ scale: 2, x: 10, y: 10 })
})

it('comes back within its limits', () => {
  expect(settle({ scale: 0.4, x: 90, y: 90 }, tall, stage)).toEqual(whole)
  expect(settle({ scale: 4, x: 9999, y: -9999 }, panorama, stage)).toEqual({ scale: 4, x: 600, y: 0 })
})
