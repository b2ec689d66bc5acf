import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Avatar } from './Avatar.tsx'

it('shows the initial where the picture does not come, and the next picture again', () => {
  const ana = { username: 'ana', full_name: 'Ana', profile_picture: '/media/a/150.webp' }
  const { container, rerender } = render(<Avatar user={ana} size={40} />)
  const image = container.querySelector('img')
  expect(image).not.toBeNull()
  if (image) fireEvent.error(image)
  expect(container.querySelector('img')).toBeNull()
  expect(screen.getByText('A')).toBeDefined()
  rerender(<Avatar user={{ ...ana, profile_picture: '/media/b/150.webp' }} size={40} />)
  expect(container.querySelector('img')).not.toBeNull()
})

it('offers larger squares where they are known, but not those of a picture it had before', () => {
  const square = (edge: number) => ({
    url: `/media/a/${edge}.webp`,
    width: edge,
    height: edge,
    content_type: 'image/webp',
  })
  const ana = { username: 'ana', profile_picture: '/media/a/150.webp' }
  const profile_picture_variants = [square(640), square(320), square(150)]
  const { container, rerender } = render(<Avatar user={{ ...ana, profile_picture_variants }} size={77} />)
  const image = () => container.querySelector('img')
  expect(image()?.srcset).toBe('/media/a/640.webp 640w, /media/a/320.webp 320w, /media/a/150.webp 150w')
  expect(image()?.sizes).toBe('77px')
  rerender(
    <Avatar user={{ ...ana, profile_picture: '/media/b/150.webp', profile_picture_variants }} size={77} />,
  )
  expect(image()?.src).toContain('/media/b/150.webp')
  expect(image()?.srcset).toBe('')
})
