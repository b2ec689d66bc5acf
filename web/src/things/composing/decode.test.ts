import { afterEach, describe, expect, it, vi } from 'vitest'
import { decodePicture } from './decode.ts'

const never = new AbortController().signal
const source = { file: new Blob(['bytes']), type: 'image/jpeg' as const }

/** A browser whose decoder gives pictures of this size; keeps what it was asked for. */
function browserThatDecodes(width: number, height: number) {
  const bitmaps: { width: number; height: number; closed: boolean }[] = []
  vi.stubGlobal('createImageBitmap', async (_: unknown, options?: ImageBitmapOptions) => {
    const bitmap = {
      width: options?.resizeWidth ?? width,
      height: options?.resizeHeight ?? height,
      closed: false,
      close: () => {
        bitmap.closed = true
      },
    }
    bitmaps.push(bitmap)
    return bitmap
  })
  return bitmaps
}

describe('decodePicture', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('keeps a small picture as it is', async () => {
    const bitmaps = browserThatDecodes(1200, 800)
    const preview = await decodePicture(source, never)
    expect(preview).toMatchObject({ state: 'seen', decoded: { size: { width: 1200, height: 800 } } })
    expect(bitmaps).toMatchObject([{ closed: false }])
  })

  it('makes a large one as small as the preview needs, and lets go of the rest', async () => {
    const bitmaps = browserThatDecodes(4096, 3072)
    const preview = await decodePicture(source, never)
    expect(preview).toMatchObject({ decoded: { size: { width: 4096, height: 3072 } } })
    expect(bitmaps).toMatchObject([
      { width: 4096, closed: true },
      { width: 2048, height: 1536, closed: false },
    ])
  })

  it('says that a picture cannot be seen, whatever the reason', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no decoder')))
    expect(await decodePicture({ ...source, type: 'image/heic' }, never)).toEqual({
      state: 'unseen',
      size: undefined,
    })
  })

  it('rejects only when given up', async () => {
    browserThatDecodes(10, 10)
    await expect(decodePicture(source, AbortSignal.abort(new Error('put away')))).rejects.toThrow('put away')
  })
})
