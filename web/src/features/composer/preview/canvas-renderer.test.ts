import { applyToPixels } from '@tintype/contract/filter-apply'
import { compileFilter } from '@tintype/contract/filter-compile'
import { describe, expect, it, vi } from 'vitest'
import { createCanvasRenderer } from './canvas-renderer.ts'

const pixels = () => Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, index) => (index * 37) % 256)

/** A canvas of four by four pixels that remembers what was done to it. */
function canvasUnderTest() {
  const image = { data: pixels(), width: 4, height: 4 }
  const context = {
    clearRect: vi.fn(),
    drawImage: vi.fn(),
    getImageData: vi.fn(() => image),
    putImageData: vi.fn(),
  }
  const canvas = { width: 4, height: 4, getContext: () => context } as unknown as HTMLCanvasElement
  return { canvas, context, image }
}
const bitmap = { width: 200, height: 100 } as ImageBitmap

describe('drawing without a graphics card', () => {
  it('draws the cut over the whole canvas', () => {
    const { canvas, context } = canvasUnderTest()
    const crop = { x: 0.25, y: 0, width: 0.5, height: 1 }
    createCanvasRenderer().draw(canvas, { bitmap, crop, filter: compileFilter('original') })
    expect(context.drawImage).toHaveBeenCalledWith(bitmap, 50, 0, 100, 100, 0, 0, 4, 4)
    expect(context.putImageData).not.toHaveBeenCalled()
  })

  it('develops with the contract’s own function', () => {
    const { canvas, context, image } = canvasUnderTest()
    const filter = compileFilter('collodion', 0.8, { warmth: 0.5 })
    const wanted = pixels()
    applyToPixels(wanted, 4, 4, filter)
    createCanvasRenderer().draw(canvas, { bitmap, crop: undefined, filter })
    expect(image.data).toEqual(wanted)
    expect(context.putImageData).toHaveBeenCalledWith(image, 0, 0)
  })
})
