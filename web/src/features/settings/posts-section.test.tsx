import { screen, waitFor } from '@testing-library/react'
import type { PostSettings } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiComment, apiPost, meNamed } from '../../testing/things.ts'

const unset: PostSettings = {
  comments_from: 'everyone',
  likes_hidden: false,
  downloads_allowed: false,
  tags_from: 'anyone',
  filtered_words: ['foo'],
}

it('keeps what holds for posts to come, the words one does not want to read, and lets held comments through', async () => {
  let settings = unset
  let waiting = [apiPost('p1', 'carla')]
  let held = [
    apiComment('c1', 'ben', 'foo!', { held: true }),
    apiComment('c2', 'carla', 'foo?', { held: true }),
  ]
  const api = fakeApi({
    'postSettings.get': async () => settings,
    'postSettings.change': async ({ body }) => {
      settings = { ...settings, ...body }
      return settings
    },
    'commentReview.held': async () => page(held),
    'commentReview.approve': async ({ params }) => {
      held = held.filter(({ comment_id }) => comment_id !== params.comment_id)
      return apiComment('c1', 'ben', 'foo!')
    },
    'comments.delete': async () => ({}),
    'photoTags.pending': async () => page(waiting),
    'photoTags.accept': async () => {
      waiting = []
      return {}
    },
    'collaborators.pending': async () => page([]),
    'photoTags.list': async () => [],
    'posts.get': async () => apiPost('p1', 'carla'),
  })
  const { user } = await renderRoute('/settings/posts', { me: meNamed('ana') })
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Who can comment' }), 'Your followers')
  await user.click(screen.getByRole('switch', { name: /Hide like counts/ }))
  await user.selectOptions(
    screen.getByRole('combobox', { name: 'Who can tag you in their photos' }),
    'People you follow',
  )
  await user.click(await screen.findByRole('button', { name: 'Show me' }))
  expect(await screen.findByText('Everybody sees that you are in it')).toBeDefined()
  const words = screen.getByRole('textbox', { name: 'Words you do not want to read' })
  expect(words).toHaveProperty('value', 'foo')
  await user.type(words, '\n  bar \n\n')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Words saved')).toBeDefined()
  expect(vi.mocked(api.postSettings.change).mock.calls.map(([input]) => input.body)).toEqual([
    { comments_from: 'followers' },
    { likes_hidden: true },
    { tags_from: 'following' },
    { filtered_words: ['foo', 'bar'] },
  ])
  await user.click(screen.getByRole('button', { name: 'Approve the comment by ben' }))
  await waitFor(() => expect(screen.queryByText('foo!')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Delete the comment by carla' }))
  await waitFor(() => expect(screen.getAllByText('Nothing waits for you')).toHaveLength(2))
  expect(screen.getByRole('combobox', { name: 'Who can comment' })).toHaveProperty('value', 'followers')
})
