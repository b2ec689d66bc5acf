import { describe, expect, it } from 'vitest'
import { clampRatio, sizesOf, sourcesOf } from './media-sources.ts'

const rendition = (width: number, type: 'webp' | 'avif') => ({
  url: `/m/${width}.${type}`,
  width,
  height: width,
  content_type: `image/${type}`,
})

describe('the sources of a picture', () => {
  it('lists WebP by width', () => {
    const variants = [rendition(1080, 'webp'), rendition(150, 'webp'), rendition(640, 'webp')]
    expect(sourcesOf({ type: 'photo', url: '/m/1080.webp', variants })).toEqual({
      avif: '',
      webp: '/m/150.webp 150w, /m/640.webp 640w, /m/1080.webp 1080w',
      src: '/m/1080.webp',
    })
  })

  it('fills AVIF up with WebP where it was made for some widths only', () => {
    const variants = [rendition(640, 'webp'), rendition(1080, 'webp'), rendition(1080, 'avif')]
    expect(sourcesOf({ type: 'photo', url: '/m/1080.webp', variants }).avif).toBe(
      '/m/640.webp 640w, /m/1080.avif 1080w',
    )
  })

  it('are its poster where it is a video', () => {
    const variants = [rendition(640, 'webp')]
    expect(sourcesOf({ type: 'video', poster: '/m/640.webp', variants }).src).toBe('/m/640.webp')
  })

  it('lives with no renditions', () => {
    expect(sourcesOf({ type: 'photo', url: '/m/a', variants: [] })).toEqual({
      avif: '',
      webp: '',
      src: '/m/a',
    })
  })
})

describe('how wide a picture is drawn', () => {
  const column = { phone: '100vw', wide: '630px' }
  const of = (own: number, ratio: number, fit: 'cover' | 'contain') => sizesOf(column, own, { ratio, fit })

  it('is the width of its box where it fits', () => {
    expect(of(0.8, 0.8, 'cover')).toBe('(max-width: 767px) 100vw, 630px')
    expect(of(1.5, 1.5, 'contain')).toBe('(max-width: 767px) 100vw, 630px')
    expect(of(0.5, 0.8, 'cover')).toBe('(max-width: 767px) 100vw, 630px')
  })

  it('is more than the box that cuts its sides, and less than the box in which it stands whole', () => {
    expect(of(4, 1, 'cover')).toBe('(max-width: 767px) calc((100vw) * 4), calc((630px) * 4)')
    expect(of(0.5, 0.8, 'contain')).toBe('(max-width: 767px) calc((100vw) * 0.625), calc((630px) * 0.625)')
  })

  it('is bounded by the height of a place that has one', () => {
    const plate = { phone: '100vw', wide: '840px', height: '860px' }
    expect(sizesOf(plate, 0.8, { ratio: 0.8, fit: 'contain' })).toBe(
      '(max-width: 767px) min(100vw, 860px * 0.8), min(840px, 860px * 0.8)',
    )
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
