import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiNotification, meNamed, stranger, userNamed } from '../../testing/things.ts'

const about = (id: string) => ({ subject: { kind: 'post', id, partition: id }, address: `/p/${id}` })
const ben = meNamed('ben', { unread_notifications: 2 })
it('lists what happened, marks what is new, and takes the badge away', async () => {
  const items = [
    apiNotification('n1', { type: 'comment', excerpt: 'Lovely', ...about('p1'), read: false }),
    apiNotification('n2', { type: 'follow' }),
  ]
  const api = fakeApi({
    'notifications.list': async () => page(items),
    'notifications.markRead': async () => ({ unread_count: 0 }),
  })
  await renderRoute('/notifications', { me: ben })
  expect(await screen.findByText(/commented: Lovely/)).toBeDefined()
  expect(screen.getByRole('heading', { name: 'New' })).toBeDefined()
  expect(screen.getByText('Unread')).toBeDefined()
  expect(screen.getByRole('link', { name: 'Open the post' }).getAttribute('href')).toBe('/p/p1')
  expect(screen.getByRole('button', { name: 'Follow ana' })).toBeDefined()
  await waitFor(() => expect(queryClient.getQueryData(meQuery.queryKey)?.unread_notifications).toBe(0))
  expect(api.notifications.markRead).toHaveBeenCalledOnce()
})

it('marks nothing where nothing was new', async () => {
  const api = fakeApi({ 'notifications.list': async () => page([apiNotification('n1', {})]) })
  await renderRoute('/notifications', { me: ben })
  await screen.findByText(/liked your photo/)
  expect(api.notifications.markRead).not.toHaveBeenCalled()
})

it('answers a request where it stands', async () => {
  const asker = userNamed('ana', { viewer: { ...stranger, requested_by: true } })
  const api = fakeApi({
    'notifications.list': async () => page([apiNotification('n1', { type: 'follow_request', actor: asker })]),
    'graph.acceptRequest': async () => ({}),
    'members.me': async () => ben,
  })
  const { user } = await renderRoute('/notifications', { me: ben })
  await user.click(await screen.findByRole('button', { name: 'Confirm ana as a follower' }))
  expect(await screen.findByText('ana follows you now')).toBeDefined()
  expect(await screen.findByRole('button', { name: 'Follow back ana' })).toBeDefined()
  expect(api.graph.acceptRequest).toHaveBeenCalledWith({ params: { username: 'ana' } })
})

it('says what the place is for while nothing has happened', async () => {
  fakeApi({ 'notifications.list': async () => page([]) })
  await renderRoute('/notifications', { me: ben })
  expect(await screen.findByRole('heading', { name: 'Quiet so far' })).toBeDefined()
})

it('leads to the requests that wait', async () => {
  fakeApi({
    'notifications.list': async () => page([]),
    'graph.requests': async () => page([userNamed('carla')]),
  })
  const { user } = await renderRoute('/notifications', { me: { ...ben, follow_requests: 1 } })
  await user.click(await screen.findByRole('link', { name: '1 person asks to follow you' }))
  expect(await screen.findByRole('button', { name: 'Delete the request of carla' })).toBeDefined()
})

it('tells what the community announces without a face, and leads to all of it', async () => {
  const subject = { kind: 'announcement', id: 'a1', partition: 'a1' }
  fakeApi({
    'notifications.list': async () =>
      page([apiNotification('n1', { type: 'announcement', excerpt: 'The picnic', subject })]),
  })
  await renderRoute('/notifications', { me: ben })
  expect(await screen.findByText(/From the community: The picnic/)).toBeDefined()
  expect(screen.queryByRole('link', { name: 'ana' })).toBeNull()
  const link = screen.getByRole('link', { name: 'All announcements' })
  expect(link.getAttribute('href')).toBe('/notifications/announcements')
})

it('takes a refused request off the list', async () => {
  const api = fakeApi({
    'graph.requests': async () => page([userNamed('carla'), userNamed('dora')]),
    'graph.rejectRequest': async () => ({}),
    'members.me': async () => ben,
  })
  const { user } = await renderRoute('/requests', { me: ben })
  await user.click(await screen.findByRole('button', { name: 'Delete the request of carla' }))
  await waitFor(() => expect(screen.queryByText('carla')).toBeNull())
  expect(screen.getByText('dora')).toBeDefined()
  expect(api.graph.rejectRequest).toHaveBeenCalledWith({ params: { username: 'carla' } })
})

it('tells what is alike as one: who did it last, who else, and how many', async () => {
  const more_actors = [userNamed('carla'), userNamed('dora')]
  fakeApi({
    'notifications.list': async () =>
      page([
        apiNotification('n1', { more_actors, others_count: 12, ...about('p1') }),
        apiNotification('n2', { more_actors: [userNamed('carla')], others_count: 1 }),
      ]),
  })
  await renderRoute('/notifications', { me: ben })
  const text = async (start: RegExp) => (await screen.findByText(start)).textContent?.replace(/\s+/g, ' ')
  expect(await text(/12 others/)).toMatch(/^ana and 12 others liked your photo\./)
  expect(screen.getByRole('link', { name: 'carla' })).toBeDefined()
})
