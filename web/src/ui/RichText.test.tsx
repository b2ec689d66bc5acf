import { screen } from '@testing-library/react'
import type { UserId } from '@tintype/contract'
import { expect, it } from 'vitest'
import { renderApp } from '../testing/render-app.tsx'
import { RichText } from './RichText.tsx'

it('leads mentions to the member as they are called now, and tags to their page', async () => {
  const { user, path } = await renderApp(
    <RichText
      text="By @ana in #Porto"
      facets={[
        { type: 'mention', start: 3, end: 7, username: 'ana.now', user_id: 'u' as UserId },
        { type: 'hashtag', start: 11, end: 17, tag: 'porto' },
      ]}
    />,
  )
  expect(screen.getByRole('link', { name: '#Porto' }).getAttribute('href')).toBe('/tags/porto')
  await user.click(screen.getByRole('link', { name: '@ana' }))
  expect(path()).toBe('/ana.now')
})

it('opens foreign addresses apart and tells them nothing', async () => {
  await renderApp(<RichText text="see https://example.org/x" />)
  const link = screen.getByRole('link', { name: 'example.org/x' })
  expect(link.getAttribute('rel')).toContain('noopener')
  expect(link.getAttribute('rel')).toContain('nofollow')
  expect(link.getAttribute('target')).toBe('_blank')
})

it('shows markup as the text it is', async () => {
  const { container } = await renderApp(<RichText text="<img src=x onerror=alert(1)> #a" />)
  expect(container.querySelector('img')).toBeNull()
  expect(screen.getByText(/<img src=x/)).toBeDefined()
})
