import { screen, waitFor } from '@testing-library/react'
import type { PostSettings } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiComment, meNamed } from '../../testing/things.ts'

const unset: PostSettings = { comments_from: 'everyone', likes_hidden: false, filtered_words: ['foo'] }

it('keeps what holds for posts to come, the words one does not want to read, and lets held comments through', async () => {
  let settings = unset
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
  })
  const { user } = await renderRoute('/settings/posts', { me: meNamed('ana') })
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Who can comment' }), 'Your followers')
  await user.click(screen.getByRole('switch', { name: /Hide like counts/ }))
  const words = screen.getByRole('textbox', { name: 'Words you do not want to read' })
  expect(words).toHaveProperty('value', 'foo')
  await user.type(words, '\n  bar \n\n')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Words saved')).toBeDefined()
  expect(vi.mocked(api.postSettings.change).mock.calls.map(([input]) => input.body)).toEqual([
    { comments_from: 'followers' },
    { likes_hidden: true },
    { filtered_words: ['foo', 'bar'] },
  ])
  await user.click(screen.getByRole('button', { name: 'Approve the comment by ben' }))
  await waitFor(() => expect(screen.queryByText('foo!')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Delete the comment by carla' }))
  expect(await screen.findByText('Nothing waits for you')).toBeDefined()
  expect(screen.getByRole('combobox', { name: 'Who can comment' })).toHaveProperty('value', 'followers')
})
