import { fireEvent, screen } from '@testing-library/react'
import type { PostId, ScheduledPost } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { apiPost, meNamed } from '../../../testing/things.ts'
import { localOf, whenText } from '../../../things/scheduling/when.ts'

const tomorrow = new Date(Date.now() + 86_400_000)
const waiting: ScheduledPost = {
  scheduled_id: '01910000-0000-7000-8000-000000000001' as ScheduledPost['scheduled_id'],
  publish_at: tomorrow.toISOString(),
  status: 'waiting',
  failure: null,
  media: [],
  media_count: 2,
  caption: 'Low tide',
  location: null,
  alt_texts: ['', ''],
  is_reel: false,
}

it('shows what waits, moves it, publishes it, and says why one was not published', async () => {
  let posts = [
    waiting,
    {
      ...waiting,
      scheduled_id: '01910000-0000-7000-8000-000000000002' as ScheduledPost['scheduled_id'],
      caption: 'High tide',
      status: 'failed' as const,
      failure: { code: 'words_refused', message: 'A word is not taken.' },
    },
  ]
  const api = fakeApi({
    'scheduled.list': async () => posts,
    'scheduled.edit': async ({ params, body }) => {
      posts = posts.map((one) => (one.scheduled_id === params.scheduled_id ? { ...one, ...body } : one))
      return posts[0] as ScheduledPost
    },
    'scheduled.publish': async ({ params }) => {
      posts = posts.filter(({ scheduled_id }) => scheduled_id !== params.scheduled_id)
      return { post_id: 'p1' as PostId }
    },
    'scheduled.delete': async ({ params }) => {
      posts = posts.filter(({ scheduled_id }) => scheduled_id !== params.scheduled_id)
      return {}
    },
    'posts.get': async () => apiPost('p1', 'ana'),
  })
  const { user } = await renderRoute('/settings/scheduled', { me: meNamed('ana') })
  expect(await screen.findByText('Not published: A word is not taken.')).toBeDefined()
  expect(screen.getAllByText('2 files')).toHaveLength(2)
  const menuOf = async (at: number) => {
    const name = /What to do with the post for/
    await user.click(screen.getAllByRole('button', { name })[at] as HTMLElement)
  }

  await menuOf(0)
  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  const when = await screen.findByLabelText('Publish at')
  fireEvent.change(when, { target: { value: '2001-01-01T00:00' } })
  expect(screen.getByText('Choose a time to come.')).toBeDefined()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true)
  const later = new Date(tomorrow.getTime() + 3_600_000)
  later.setSeconds(0, 0)
  fireEvent.change(when, { target: { value: localOf(later) } })
  const caption = screen.getByRole('textbox', { name: 'Caption' })
  await user.clear(caption)
  await user.type(caption, 'Lower tide')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Lower tide')).toBeDefined()
  expect(screen.getByText(whenText(later.toISOString()))).toBeDefined()
  expect(vi.mocked(api.scheduled.edit).mock.calls[0]?.[0].body).toEqual({
    caption: 'Lower tide',
    publish_at: later.toISOString(),
  })

  await menuOf(0)
  await user.click(await screen.findByRole('button', { name: 'Publish now' }))
  expect(await screen.findByText('Your post is up')).toBeDefined()
  await vi.waitFor(() => expect(screen.queryByText('Lower tide')).toBeNull())

  await menuOf(0)
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  expect(await screen.findByText('Nothing is scheduled')).toBeDefined()
})
