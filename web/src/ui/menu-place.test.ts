import { expect, it } from 'vitest'
import { menuPlace } from './menu-place.ts'

const room = { width: 1000, height: 800 }
const at = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 40 })

it('opens below its button, towards the middle of the window', () => {
  expect(menuPlace(at(100, 100), room)).toEqual({ top: 146, left: 100, maxHeight: 642 })
  expect(menuPlace(at(900, 100), room)).toEqual({ top: 146, right: 60, maxHeight: 642 })
})

it('opens above where there is more room', () =>
  expect(menuPlace(at(20, 740), room)).toEqual({ bottom: 66, left: 20, maxHeight: 722 }))

it('never touches the edge of the window', () => {
  expect(menuPlace(at(-4, 10), room)).toMatchObject({ left: 12 })
  expect(menuPlace(at(970, 10), room)).toMatchObject({ right: 12 })
})
