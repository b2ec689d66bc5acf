import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { mediaOf } from '../testing/things.ts'
import { MediaBox } from './MediaBox.tsx'

const COLUMN = { phone: '100vw', wide: '630px' }

const box = (image: HTMLElement) => image.closest('div')

it('reserves the box of the picture before a byte of it is there', () => {
  render(<MediaBox media={mediaOf('a')} fallbackAlt="Photo by ana" place={COLUMN} />)
  const style = box(screen.getByRole('img'))?.style
  expect(style?.aspectRatio).toBe('0.8 / 1')
  expect(style?.backgroundColor).toBe('rgb(51, 102, 153)')
})

it('takes the ratio of its place where one is given', () => {
  render(<MediaBox media={mediaOf('a')} fallbackAlt="" place={COLUMN} ratio={1} />)
  expect(box(screen.getByRole('presentation'))?.style.aspectRatio).toBe('1 / 1')
})

it('calls the picture what its author says, else who it is by', () => {
  const { rerender } = render(<MediaBox media={mediaOf('a')} fallbackAlt="Photo by ana" place={COLUMN} />)
  expect(screen.getByAltText('Photo by ana')).toBeDefined()
  rerender(
    <MediaBox media={mediaOf('a', { alt_text: 'A harbour' })} fallbackAlt="Photo by ana" place={COLUMN} />,
  )
  expect(screen.getByAltText('A harbour')).toBeDefined()
})

it('offers every width, and AVIF first where there is any', () => {
  const avif = { url: '/media/a/640.avif', width: 512, height: 640, content_type: 'image/avif' }
  const media = mediaOf('a')
  const { container } = render(
    <MediaBox media={{ ...media, variants: [...media.variants, avif] }} fallbackAlt="x" place={COLUMN} />,
  )
  const source = container.querySelector('source')
  expect(source?.type).toBe('image/avif')
  expect(source?.srcset).toBe('/media/a/640.avif 512w, /media/a/1080.webp 1080w')
  expect(screen.getByRole('img').getAttribute('srcset')).toBe(
    '/media/a/640.webp 512w, /media/a/1080.webp 1080w',
  )
  expect(screen.getByRole('img').getAttribute('sizes')).toBe('(max-width: 767px) 100vw, 630px')
})

it('loads the first picture at once and others when they come near', () => {
  const { rerender } = render(<MediaBox media={mediaOf('a')} fallbackAlt="x" place={COLUMN} eager />)
  expect(screen.getByRole('img').getAttribute('loading')).toBe('eager')
  expect(screen.getByRole('img').getAttribute('fetchpriority')).toBe('high')
  rerender(<MediaBox media={mediaOf('a')} fallbackAlt="x" place={COLUMN} />)
  expect(screen.getByRole('img').getAttribute('loading')).toBe('lazy')
})

it('shows the blur until the picture has faded in over it', () => {
  const { container } = render(<MediaBox media={mediaOf('a')} fallbackAlt="x" place={COLUMN} />)
  const image = screen.getByRole('img')
  expect(image.className).toContain('waiting')
  expect(container.querySelector('canvas')).not.toBeNull()
  fireEvent.load(image)
  expect(image.className).not.toContain('waiting')
  fireEvent.transitionEnd(image)
  expect(container.querySelector('canvas')).toBeNull()
})

it('lies whole on the plate, its colour and blur no further than the picture', () => {
  const { container } = render(
    <MediaBox media={mediaOf('a')} fallbackAlt="x" place={COLUMN} ratio={2} fit="contain" />,
  )
  const outer = container.firstElementChild as HTMLElement
  expect(outer.style.aspectRatio).toBe('2 / 1')
  expect(outer.style.backgroundColor).toBe('')
  expect(outer.className).toContain('plate')
  expect(box(screen.getByRole('img'))?.style.getPropertyValue('--ratio')).toBe('0.8')
  expect(box(screen.getByRole('img'))?.style.backgroundColor).toBe('rgb(51, 102, 153)')
  expect(container.querySelector('canvas')?.parentElement).toBe(box(screen.getByRole('img')))
})

it('keeps the blur, with a sign, where the picture does not come; asks again when the network is back', () => {
  const { container } = render(<MediaBox media={mediaOf('a')} fallbackAlt="x" place={COLUMN} />)
  const image = screen.getByRole('img')
  fireEvent.error(image)
  expect(container.querySelector('canvas')).not.toBeNull()
  expect(container.querySelector('svg')).not.toBeNull()
  fireEvent(window, new Event('online'))
  expect(container.querySelector('svg')).toBeNull()
  expect(screen.getByRole('img')).not.toBe(image)
})
