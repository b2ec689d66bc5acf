import { applyToPixels } from '@tintype/contract/filter-apply'
import { compileFilter } from '@tintype/contract/filter-compile'
import { geometryPlacement, placementOf } from '@tintype/contract/photo-geometry'
import { describe, expect, it, vi } from 'vitest'
import { createCanvasRenderer } from './canvas-renderer.ts'
import { wholeCanvas } from './exposure.ts'

const pixels = () => Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, index) => (index * 37) % 256)

/** A canvas of four by four pixels that remembers what was done to it. */
function canvasUnderTest() {
  const image = { data: pixels(), width: 4, height: 4 }
  const context = {
    clearRect: vi.fn(),
    drawImage: vi.fn(),
    setTransform: vi.fn<(matrix: DOMMatrix2DInit) => void>(),
    getImageData: vi.fn(() => image),
    putImageData: vi.fn(),
  }
  const canvas = { width: 4, height: 4, getContext: () => context } as unknown as HTMLCanvasElement
  return { canvas, context, image }
}
/** Where the transform that was set puts a pixel of the picture. */
function pixelAt(call: DOMMatrix2DInit[] | undefined, x: number, y: number) {
  const { a = 0, b = 0, c = 0, d = 0, e = 0, f = 0 } = call?.[0] ?? {}
  return [a * x + c * y + e, b * x + d * y + f].map((value) => Math.round(value * 1000) / 1000 || 0)
}
const bitmap = { width: 200, height: 100 } as ImageBitmap

describe('drawing without a graphics card', () => {
  it('draws the cut over the whole canvas', () => {
    const { canvas, context } = canvasUnderTest()
    const placement = placementOf({ x: 0.25, y: 0, width: 0.5, height: 1 })
    createCanvasRenderer().draw(canvas, { bitmap, placement, filter: compileFilter('original') })
    expect(pixelAt(context.setTransform.mock.lastCall, 50, 0)).toEqual([0, 0])
    expect(pixelAt(context.setTransform.mock.lastCall, 150, 100)).toEqual([4, 4])
    expect(context.drawImage).toHaveBeenCalledWith(bitmap, 0, 0)
    expect(context.putImageData).not.toHaveBeenCalled()
  })

  it('draws it turned and flipped: the corner that comes top left', () => {
    const { canvas, context } = canvasUnderTest()
    const placement = geometryPlacement(bitmap, { turn: 90, flip: true })
    createCanvasRenderer().draw(canvas, { bitmap, placement, filter: compileFilter('original') })
    expect(pixelAt(context.setTransform.mock.lastCall, 0, 0)).toEqual([0, 0])
    expect(pixelAt(context.setTransform.mock.lastCall, 200, 0)).toEqual([0, 4])
    expect(pixelAt(context.setTransform.mock.lastCall, 0, 100)).toEqual([4, 0])
  })

  it('develops with the contract’s own function', () => {
    const { canvas, context, image } = canvasUnderTest()
    const filter = compileFilter('collodion', 0.8, { warmth: 0.5 })
    const wanted = pixels()
    applyToPixels(wanted, 4, 4, filter)
    createCanvasRenderer().draw(canvas, { bitmap, placement: wholeCanvas, filter })
    expect(image.data).toEqual(wanted)
    expect(context.putImageData).toHaveBeenCalledWith(image, 0, 0)
  })
})
