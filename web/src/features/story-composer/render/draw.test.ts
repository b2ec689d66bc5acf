import { describe, expect, it } from 'vitest'
import type { Decoded } from '../../../things/composing/decode.ts'
import { emptyScene, type ScenePicture } from '../scene/scene.ts'
import { drawGround, drawStrokes, drawWords } from './draw.ts'

/** A canvas that notes what is done to it, in order. */
function noting() {
  const notes: [name: string, ...args: unknown[]][] = []
  const context = new Proxy(
    {},
    {
      get: (_, name: string) =>
        name === 'createLinearGradient'
          ? (...line: unknown[]) => {
              notes.push([name, ...line])
              return { addColorStop: (...stop: unknown[]) => notes.push(['addColorStop', ...stop]) }
            }
          : (...args: unknown[]) => void notes.push([name, ...args]),
      set: (_, name: string, value) => {
        notes.push([`${name} =`, value])
        return true
      },
    },
  ) as CanvasRenderingContext2D
  const named = (name: string) => notes.filter(([one]) => one === name).map(([, ...args]) => args)
  return { context, notes, named }
}
const frame = { width: 1080, height: 1920 }
const bitmap = { width: 2000, height: 1500 } as ImageBitmap
const decoded: Decoded = { bitmap, size: { width: 4000, height: 3000 } }

describe('the picture of a story', () => {
  it('has a plain ground from edge to edge where there is no picture', () => {
    const { context, named } = noting()
    drawGround(context, frame, { ...emptyScene, ground: 'plate' }, undefined)
    expect(named('createLinearGradient')).toEqual([
      [expect.closeTo(540), expect.closeTo(0), expect.closeTo(540), 1920],
    ])
    expect(named('addColorStop')).toEqual([
      [0, '#2b2420'],
      [1, '#0e0b09'],
    ])
    expect(named('fillRect')).toEqual([[0, 0, 1080, 1920]])
  })

  it('lies where it was put, turned around its middle, over what surrounds it', () => {
    const { context, notes, named } = noting()
    const place = { x: 0.25, y: 0.5, size: 2, rotation: 90 }
    const picture: ScenePicture = { fileId: 'a', surround: 'color', place }
    drawGround(context, frame, { ...emptyScene, picture }, decoded)
    expect(named('translate')).toEqual([[270, 960]])
    expect(named('rotate')).toEqual([[Math.PI / 2]])
    expect(named('drawImage')).toEqual([[bitmap, -1080, -810, 2160, 1620]])
    const order = notes.map(([name]) => name)
    expect(order.indexOf('fillRect')).toBeLessThan(order.indexOf('drawImage'))
  })

  it('has strokes as wide as they were drawn, and an eraser that takes away', () => {
    const { context, named } = noting()
    const points = [0, 0, 0.5, 0.5, 1, 1]
    drawStrokes(context, frame, [
      { color: '#d93036', width: 0.01, erases: false, points },
      { color: '#ffffff', width: 0.1, erases: true, points: [0.5, 0.5] },
    ])
    expect(named('lineWidth =')).toEqual([[10.8], [108]])
    expect(named('globalCompositeOperation =')).toEqual([
      ['source-over'],
      ['destination-out'],
      ['source-over'],
    ])
    expect(named('quadraticCurveTo')).toEqual([[540, 960, 810, 1440]])
    // A touch is a dot.
    expect(named('moveTo').at(-1)).toEqual(named('lineTo').at(-1))
  })

  it('has a pill behind each written line, and no shadow then', () => {
    const { context, named } = noting()
    drawWords(context, [
      {
        x: 540,
        y: 960,
        rotation: 0,
        font: '650 100px x',
        color: '#ffffff',
        pill: '#2f6fde',
        lines: [
          { text: 'a', x: -50, y: -64, width: 100 },
          { text: '', x: 0, y: 0, width: 0 },
          { text: 'b', x: -50, y: 64, width: 100 },
        ],
        lineHeight: 128,
        padding: 32,
        box: { width: 164, height: 384 },
      },
    ])
    expect(named('roundRect')).toHaveLength(2)
    expect(named('fillText')).toEqual([
      ['a', -50, -64],
      ['', 0, 0],
      ['b', -50, 64],
    ])
    expect(named('shadowBlur =')).toEqual([])
  })
})
