import { describe, expect, it } from 'vitest'
import { wholePicture } from '../../../editor/crop/crop.ts'
import { compileLook, isPlain, photoEditOf, plainLook } from './look.ts'

const size = { width: 4000, height: 3000 }
const noir = { ...plainLook, filter: 'noir' as const, strength: 0.5 }

describe('photoEditOf', () => {
  it('says nothing of what nobody changed', () => {
    expect(photoEditOf(wholePicture, plainLook, size)).toEqual({})
    expect(photoEditOf(wholePicture, { ...noir, strength: 0 }, size)).toEqual({})
  })

  it('carries crop, filter and adjustments', () => {
    const look = { ...noir, adjust: { ...plainLook.adjust, warmth: -0.25 } }
    expect(photoEditOf({ ...wholePicture, shape: '1:1' }, look, size)).toEqual({
      crop: { x: 0.125, y: 0, width: 0.75, height: 1 },
      filter: 'noir',
      strength: 0.5,
      adjust: { warmth: -0.25 },
    })
  })

  it('carries turns, also of a picture whose size nobody knows', () => {
    const turned = { ...wholePicture, turn: 270 as const, flip: true, straighten: -3.5 }
    expect(photoEditOf(turned, plainLook, undefined)).toEqual({ turn: 270, flip: true, straighten: -3.5 })
    expect(photoEditOf(turned, plainLook, size).crop).toBeUndefined()
  })

  it('does not cut a picture whose size nobody knows', () => {
    expect(photoEditOf({ ...wholePicture, shape: '1:1' }, noir, undefined)).toEqual({
      filter: 'noir',
      strength: 0.5,
    })
  })
})

describe('looks', () => {
  it('are plain when they change nothing', () => {
    expect(isPlain(plainLook)).toBe(true)
    expect(isPlain({ ...noir, strength: 0 })).toBe(true)
    expect(isPlain(noir)).toBe(false)
    expect(compileLook(plainLook).identity).toBe(true)
  })

  it('are compiled once', () => {
    expect(compileLook({ ...noir })).toBe(compileLook({ ...noir }))
    expect(compileLook({ ...noir, strength: 0.6 })).not.toBe(compileLook(noir))
  })
})
