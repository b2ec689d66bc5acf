import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { PostChoices } from './PostChoices.tsx'

it('lets an author offer their photographs', async () => {
  const onChange = vi.fn()
  const chosen = { comments_from: 'everyone' as const, likes_hidden: false, downloads_allowed: false }
  render(<PostChoices chosen={chosen} onChange={onChange} />)
  await userEvent.click(screen.getByRole('switch', { name: /Let others download/ }))
  expect(onChange).toHaveBeenCalledWith({ downloads_allowed: true })
})
