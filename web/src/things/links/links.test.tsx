import { screen, within } from '@testing-library/react'
import type { PrivateLink } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed } from '../../testing/things.ts'

const post = apiPost('p1', 'ana')
const link: PrivateLink = {
  link_id: '01910000-0000-7000-8000-000000000001' as PrivateLink['link_id'],
  path: '/l/abc.def',
  post_id: post.post_id,
  picture: '/media/1.webp',
  caption: 'At the harbour',
  has_password: true,
  expires_at: null,
  works: true,
  opened_count: 3,
  created_at: '2026-01-01T00:00:00.000Z',
}

it('lists links with how often they were opened, and revokes one', async () => {
  let links = [link, { ...link, link_id: 'l2' as PrivateLink['link_id'], works: false, opened_count: 1 }]
  fakeApi({
    'links.list': async () => links,
    'links.revoke': async ({ params }) => {
      links = links.filter(({ link_id }) => link_id !== params.link_id)
      return {}
    },
  })
  const { user } = await renderRoute('/settings/links', { me: meNamed('ana') })
  expect(await screen.findByText('Opened 3 times')).toBeDefined()
  expect(screen.getByText('until it is revoked, with a password')).toBeDefined()
  expect(screen.getByText('Opened 1 time')).toBeDefined()
  expect(screen.getAllByRole('button', { name: /Copy link of/ })).toHaveLength(1)
  const [revoke] = screen.getAllByRole('button', { name: /Revoke the link/ })
  await user.click(revoke as HTMLElement)
  await vi.waitFor(() => expect(screen.queryByText('Opened 3 times')).toBeNull())
  await user.click(screen.getByRole('button', { name: /Revoke the link/ }))
  expect(await screen.findByText('No private links')).toBeDefined()
})

it('makes one from the menu of one’s own post, and copies it', async () => {
  const own = { ...post, viewer: { liked: false, saved: false, following: false, is_author: true } }
  let links: PrivateLink[] = []
  const api = fakeApi({
    'posts.get': async () => own,
    'links.list': async () => links,
    'links.create': async () => {
      links = [link]
      return link
    },
  })
  const { user } = await renderRoute('/p/p1', { me: meNamed('ana') })
  const write = vi.spyOn(navigator.clipboard, 'writeText')
  await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
  await user.click(await screen.findByRole('button', { name: 'Private link' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Private links' }))
  await user.selectOptions(await dialog.findByLabelText('Works for'), 'A day')
  const password = dialog.getByLabelText('Password (optional)')
  await user.type(password, 'short')
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Make a link' }).disabled).toBe(true)
  await user.type(password, ' but longer')
  await user.click(dialog.getByRole('button', { name: 'Make a link' }))
  expect(await dialog.findByText('Opened 3 times')).toBeDefined()
  expect(vi.mocked(api.links.create).mock.calls[0]?.[0].body).toEqual({
    expires_in: 86_400,
    password: 'short but longer',
  })
  expect(write).toHaveBeenCalledWith(new URL('/l/abc.def', location.origin).href)
})
