import { screen, waitFor } from '@testing-library/react'
import type { UserId, UserListEntry } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { meNamed, userHits, userNamed } from '../../testing/things.ts'

const ben = meNamed('ben')
const nobody = async () => page([])
const listed = async () => ({ user_id: 'u-ana' as UserId, listed: true })

it('puts people into the list of close friends, and takes them out', async () => {
  let friends: UserListEntry[] = []
  const api = fakeApi({
    'stories.settings': async () => ({ save_to_archive: true }),
    'stories.closeFriends': async () => page(friends),
    'stories.hiddenFrom': nobody,
    'search.find': async () => page(userHits('ana', 'ben')),
    'stories.addCloseFriend': listed,
    'stories.removeCloseFriend': listed,
  })
  const { user } = await renderRoute('/settings/stories', { me: ben })
  expect(await screen.findByText('Nobody in the list yet.')).toBeDefined()
  const [search] = screen.getAllByLabelText('Search people to add')
  if (search) await user.type(search, 'a')
  friends = [userNamed('ana')]
  await user.click(await screen.findByRole('button', { name: 'Add ana' }))
  expect(screen.queryByRole('button', { name: 'Add ben' })).toBeNull()
  const remove = await screen.findByRole('button', { name: 'Remove ana' })
  expect(api.stories.addCloseFriend).toHaveBeenCalledWith({ params: { username: 'ana' } })
  friends = []
  await user.click(remove)
  expect(await screen.findByText('Nobody in the list yet.')).toBeDefined()
})

it('says whether stories are kept', async () => {
  const api = fakeApi({
    'stories.settings': async () => ({ save_to_archive: true }),
    'stories.changeSettings': async ({ body }) => body,
    'stories.closeFriends': nobody,
    'stories.hiddenFrom': nobody,
  })
  const { user } = await renderRoute('/settings/stories', { me: ben })
  const keep = await screen.findByRole('switch', { name: /Keep stories/ })
  await waitFor(() => expect(keep.hasAttribute('disabled')).toBe(false))
  await user.click(keep)
  await waitFor(() => expect(keep.getAttribute('aria-checked')).toBe('false'))
  expect(vi.mocked(api.stories.changeSettings).mock.calls[0]?.[0].body).toEqual({ save_to_archive: false })
})
