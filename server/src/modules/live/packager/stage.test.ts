import { expect, test } from 'vitest'
import type { Part } from './cutter.ts'
import { TARGET_DURATION } from './playlist.ts'
import { Stage } from './stage.ts'

const MB = 1024 * 1024
const part = (fields: Partial<Part> = {}): Part => ({
  bytes: Buffer.alloc(10),
  seconds: 0.5,
  key: false,
  ...fields,
})
const begun = (): Stage => {
  const stage = new Stage(0)
  stage.begin(0, Buffer.alloc(4))
  stage.add(part({ key: true }))
  return stage
}

test('what waits for the next part is answered when the process stops, and the live goes on elsewhere', async () => {
  const stage = begun()
  const waiting = stage.until(0, 5, 60_000)
  stage.release()
  await waiting
  await stage.until(0, 5, 60_000)
  expect(stage.playlist()).not.toContain('#EXT-X-ENDLIST')
})

test('a segment that never ends is noticed', () => {
  const stage = begun()
  for (let n = 0; n < 4; n++) stage.add(part({ bytes: Buffer.alloc(4 * MB - 9) }))
  expect(stage.isTooLarge).toBe(false)
  stage.add(part({ bytes: Buffer.alloc(MB) }))
  expect(stage.isTooLarge).toBe(true)
  stage.add(part({ key: true }))
  expect(stage.isTooLarge).toBe(false)
})

test('no segment is longer than its playlist says, also after a key frame that came too soon', () => {
  const stage = begun()
  stage.add(part({ seconds: 0.39 }))
  // Not a segment of its own; the next key frame comes as late as it may.
  stage.add(part({ key: true }))
  for (let n = 0; n < 7; n++) stage.add(part())
  const ended = stage.add(part({ key: true }))
  expect(Math.round(ended?.seconds ?? 0)).toBeLessThanOrEqual(TARGET_DURATION)
})
