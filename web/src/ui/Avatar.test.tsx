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
