import { describe, expect, it } from 'vitest'
import { clampRatio, sourcesOf } from './media-sources.ts'

const rendition = (width: number, type: 'webp' | 'avif') => ({
  url: `/m/${width}.${type}`,
  width,
  height: width,
  content_type: `image/${type}`,
})

describe('the sources of a picture', () => {
  it('lists WebP by width', () => {
    const variants = [rendition(1080, 'webp'), rendition(150, 'webp'), rendition(640, 'webp')]
    expect(sourcesOf({ url: '/m/1080.webp', variants })).toEqual({
      avif: '',
      webp: '/m/150.webp 150w, /m/640.webp 640w, /m/1080.webp 1080w',
      src: '/m/1080.webp',
    })
  })

  it('fills AVIF up with WebP where it was made for some widths only', () => {
    const variants = [rendition(640, 'webp'), rendition(1080, 'webp'), rendition(1080, 'avif')]
    expect(sourcesOf({ url: '/m/1080.webp', variants }).avif).toBe('/m/640.webp 640w, /m/1080.avif 1080w')
  })

  it('lives with no renditions', () => {
    expect(sourcesOf({ url: '/m/a', variants: [] })).toEqual({ avif: '', webp: '', src: '/m/a' })
  })
})

describe('the ratio of a box', () => {
  it.each([
    [1000, 1000, 1],
    [1000, 3000, 0.8],
    [3000, 1000, 1.91],
    [1600, 900, 16 / 9],
    [0, 0, 1],
  ])('of %d × %d is %d', (width, height, ratio) => expect(clampRatio(width, height)).toBeCloseTo(ratio))
})
