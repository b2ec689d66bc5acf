import { act, screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { ingestStories } from '../../data/entities/ingest.ts'
import { markSeen } from '../../data/stories-seen.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, apiStory, meNamed, trayEntry } from '../../testing/things.ts'

const ben = meNamed('ben')
const home = { 'members.suggested': async () => [], 'feed.home': async () => page([]) }
const row = () => screen.findByRole('region', { name: 'Stories' })
const names = (list: HTMLElement) =>
  within(list)
    .getAllByRole('link')
    .map((link) => link.getAttribute('aria-label'))

it('shows one’s own first, then the others as the server orders them, and whose are unseen', async () => {
  fakeApi({
    ...home,
    'stories.feed': async () =>
      page([
        trayEntry('ben', { is_self: true, unseen_count: 0 }),
        trayEntry('ana'),
        trayEntry('carla', { close_friends: true }),
        trayEntry('dora', { unseen_count: 0 }),
      ]),
  })
  await renderRoute('/', { me: ben })
  const tray = await row()
  await waitFor(() =>
    expect(names(tray)).toEqual([
      'Your story',
      'Story of ana, not seen yet',
      'Story of carla for close friends, not seen yet',
      'Story of dora',
    ]),
  )
  expect(within(tray).getByRole('button', { name: 'Add to your story' })).toBeDefined()
})

it('stays with the plus where there are no stories, and where they did not come', async () => {
  fakeApi({ ...home, 'stories.feed': () => Promise.reject(new TintypeError('internal')) })
  await renderRoute('/', { me: ben })
  const tray = await row()
  expect(within(tray).getByRole('button', { name: 'Add to your story' })).toBeDefined()
  expect(within(tray).queryByRole('link')).toBeNull()
})

it('takes the colour off the ring with the last unseen story, there and at the author’s posts', async () => {
  fakeApi({
    ...home,
    'feed.home': async () => page([apiPost('p1', 'ana')]),
    'stories.feed': async () => page([trayEntry('ana')]),
  })
  await renderRoute('/', { me: ben })
  await waitFor(() =>
    expect(screen.getAllByRole('link', { name: 'Story of ana, not seen yet' })).toHaveLength(2),
  )
  act(() => {
    const [id] = ingestStories([apiStory('s1')])
    if (id) markSeen(id)
  })
  expect(screen.getAllByRole('link', { name: 'Story of ana' })).toHaveLength(2)
})
