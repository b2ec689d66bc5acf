import { afterEach, describe, expect, it, vi } from 'vitest'
import { maxZoom, pan, zoomTo } from '../../editor/crop/crop.ts'
import { centred, cutOf, cutOut } from './avatar-crop.ts'

const wide = { width: 1600, height: 800 }

/** What was drawn of the picture, and how large: [left, top, width, height, ...on the canvas]. */
function canvasThatTells() {
  const drawn: number[][] = []
  const context = { fillRect: () => {}, drawImage: (_: unknown, ...numbers: number[]) => drawn.push(numbers) }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never)
  HTMLCanvasElement.prototype.toBlob = (done, type) => done(new Blob(['cut'], { type }))
  return drawn
}
afterEach(() => Reflect.deleteProperty(HTMLCanvasElement.prototype, 'toBlob'))

describe('placing an avatar', () => {
  it('begins with the middle of the picture', () => {
    expect(cutOf(centred(wide), wide)).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 })
  })

  it('never shows what lies outside the picture', () => {
    for (const [right, down] of [
      [-50, -50],
      [90, 90],
      [0.5, 2],
    ] as const) {
      const { x, y, width, height } = cutOf(pan(zoomTo(centred(wide), wide, 2.5), wide, right, down), wide)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1)
      expect(width * wide.width).toBeCloseTo(height * wide.height, 2)
    }
  })

  it('is enlarged no further than its pixels go', () => {
    expect(zoomTo(centred(wide), wide, 0.1).zoom).toBe(1)
    const farthest = zoomTo(centred(wide), wide, 99)
    expect(farthest.zoom).toBe(maxZoom(farthest, wide))
    expect(cutOf(farthest, wide).height * wide.height).toBeCloseTo(240, 0)
  })

  it('is cut out as a JPEG, no larger than is ever shown', async () => {
    const drawn = canvasThatTells()
    const blob = await cutOut({} as ImageBitmap, centred(wide), wide)
    expect(blob.type).toBe('image/jpeg')
    expect(drawn).toEqual([[400, 0, 800, 800, 0, 0, 640, 640]])
  })

  it('keeps the shape of a picture that is too small to be cut', async () => {
    const drawn = canvasThatTells()
    const tiny = { width: 40, height: 10 }
    await cutOut({} as ImageBitmap, centred(tiny), tiny)
    expect(drawn).toEqual([[0, 0, 40, 10, 0, 0, 40, 10]])
  })
})
