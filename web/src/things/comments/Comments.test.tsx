import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { entities, usePost } from '../../data/entities/entities.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { apiComment, apiPost, meNamed, userHits } from '../../testing/things.ts'
import { Conversation } from '../post/Conversation.tsx'

const post = apiPost('p1', 'ana', { caption: 'At the harbour', comments_count: 2 })

function Talk() {
  const known = usePost(post.post_id)
  return known && <Conversation post={known} onDeleted={vi.fn()} />
}
const talk = (fields: Partial<typeof post> = {}) =>
  renderApp(<Talk />, { me: meNamed('ben'), seed: () => ingestPosts([{ ...post, ...fields }]) })

const page = <T,>(items: T[], next_cursor: string | null = null) => ({ items, next_cursor })
const carla = apiComment('c1', 'carla', 'Which harbour?', { replies_count: 1 })
const reply = apiComment('c2', 'ana', 'Porto', { parent_comment_id: carla.comment_id })

it('shows replies when they are asked for', async () => {
  const api = fakeApi({
    'comments.list': async () => page([carla]),
    'comments.replies': async () => page([reply]),
  })
  const { user } = await talk()
  await user.click(await screen.findByRole('button', { name: 'View 1 reply' }))
  expect(await screen.findByText('Porto')).toBeDefined()
  expect(api.comments.replies).toHaveBeenCalledWith(expect.objectContaining({ params: { comment_id: 'c1' } }))
  await user.click(screen.getByRole('button', { name: 'Hide replies' }))
  expect(screen.queryByText('Porto')).toBeNull()
})

it('answers in the thread, beginning with the name', async () => {
  const api = fakeApi({
    'comments.list': async () => page([carla]),
    'comments.replies': async () => page([reply]),
    'comments.create': async ({ body }) =>
      apiComment('c3', 'ben', body.text, { parent_comment_id: carla.comment_id }),
  })
  const { user } = await talk()
  await user.click(await screen.findByRole('button', { name: 'Reply to carla' }))
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to carla' })
  await waitFor(() => expect(document.activeElement).toBe(field))
  expect(field.value).toBe('@carla ')
  await user.keyboard('me too{Enter}')
  await waitFor(() => expect(api.comments.create).toHaveBeenCalledOnce())
  expect(vi.mocked(api.comments.create).mock.calls[0]?.[0].body).toEqual({
    text: '@carla me too',
    parent_comment_id: 'c1',
  })
  expect(await screen.findByText('me too', { exact: false })).toBeDefined()
  expect(entities.get('posts', post.post_id)?.comments_count).toBe(3)
})

it('keeps what was typed before it became an answer', async () => {
  fakeApi({ 'comments.list': async () => page([carla]), 'comments.replies': async () => page([reply]) })
  const { user } = await talk()
  await user.type(await screen.findByRole('textbox', { name: 'Add a comment…' }), 'me too')
  await user.click(await screen.findByRole('button', { name: 'Reply to carla' }))
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to carla' })
  await waitFor(() => expect(field.value).toBe('@carla me too'))
})

it('keeps a mention that was typed before it became an answer, and drops the name of an answer before', async () => {
  const dora = apiComment('c9', 'dora', 'Nice')
  fakeApi({ 'comments.list': async () => page([carla, dora]), 'comments.replies': async () => page([reply]) })
  const { user } = await talk()
  await user.type(await screen.findByRole('textbox', { name: 'Add a comment…' }), '@emil look')
  await user.click(await screen.findByRole('button', { name: 'Reply to carla' }))
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to carla' })
  await waitFor(() => expect(field.value).toBe('@carla @emil look'))
  await user.click(screen.getByRole('button', { name: 'Reply to dora' }))
  await waitFor(() => expect(field.value).toBe('@dora @emil look'))
})

it.each([{ isComposing: true }, { isComposing: false, keyCode: 229 }])(
  'takes the Enter that confirms a conversion (%j) for no more than that',
  async (key) => {
    const api = fakeApi({
      'comments.list': async () => page([carla]),
      'comments.create': async ({ body }) => apiComment('c3', 'ben', body.text),
    })
    const { user } = await talk()
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Add a comment…' })
    await user.type(field, 'きれい')
    fireEvent.keyDown(field, { key: 'Enter', ...key })
    fireEvent.keyDown(field, { key: 'Escape', ...key })
    expect(field.value).toBe('きれい')
    expect(api.comments.create).not.toHaveBeenCalled()
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })
    await waitFor(() => expect(api.comments.create).toHaveBeenCalledOnce())
  },
)

it('completes a name while it is written, and only then sends', async () => {
  const api = fakeApi({
    'comments.list': async () => page([carla]),
    'search.autocomplete': async () => userHits('dora', 'doris'),
    'comments.create': async ({ body }) => apiComment('c3', 'ben', body.text),
  })
  const { user } = await talk()
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Add a comment…' })
  await user.type(field, 'with @do')
  expect(await screen.findByRole('option', { name: /doris/ })).toBeDefined()
  await user.keyboard('{ArrowDown}{Enter}')
  expect(field.value).toBe('with @doris ')
  expect(api.comments.create).not.toHaveBeenCalled()
  expect(screen.queryByRole('listbox')).toBeNull()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(api.comments.create).toHaveBeenCalledOnce())
})

it('sends nothing of which nothing can be seen', async () => {
  const api = fakeApi({ 'comments.list': async () => page([carla]) })
  const { user } = await talk()
  const field = await screen.findByRole('textbox', { name: 'Add a comment…' })
  fireEvent.change(field, { target: { value: '\u200b\u3164' } })
  await user.type(field, '{Enter}')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Post' }).disabled).toBe(true)
  expect(api.comments.create).not.toHaveBeenCalled()
})

it('likes a comment at once', async () => {
  fakeApi({
    'comments.list': async () => page([carla]),
    'comments.like': async () => ({ liked: true, likes_count: 1 }),
  })
  const { user } = await talk()
  await user.click(await screen.findByRole('button', { name: 'Like the comment by carla' }))
  expect(screen.getByRole('button', { name: 'Like the comment by carla', pressed: true })).toBeDefined()
  expect(screen.getByText('1 like')).toBeDefined()
})

it('deletes one’s own after a question, with the replies under it', async () => {
  const own = apiComment('c1', 'ben', 'Mine', {
    replies_count: 1,
    viewer: { liked: false, can_delete: true },
  })
  fakeApi({ 'comments.list': async () => page([own]), 'comments.delete': async () => ({}) })
  const { user } = await talk()
  await user.click(await screen.findByRole('button', { name: /Delete comment/ }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByText('Mine')).toBeNull())
  expect(entities.get('posts', post.post_id)?.comments_count).toBe(0)
})

it('offers no deleting of what one may not delete', async () => {
  fakeApi({ 'comments.list': async () => page([carla]) })
  await talk()
  await screen.findByText('Which harbour?')
  expect(screen.queryByRole('button', { name: /Delete comment/ })).toBeNull()
})

it('asks for more when there is more', async () => {
  const more = apiComment('c9', 'dora', 'Later')
  fakeApi({ 'comments.list': async ({ query }) => (query?.cursor ? page([more]) : page([carla], 'next')) })
  const { user } = await talk()
  await user.click(await screen.findByRole('button', { name: 'Show more comments' }))
  expect(await screen.findByText('Later')).toBeDefined()
})

it('says that comments are off, and takes none', async () => {
  fakeApi({ 'comments.list': async () => page([]) })
  await talk({ comments_enabled: false })
  expect(await screen.findByText('Comments are turned off.')).toBeDefined()
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('says what went wrong', async () => {
  fakeApi({ 'comments.list': () => Promise.reject(new TintypeError('not_found')) })
  await talk()
  expect((await screen.findByRole('alert')).textContent).toMatch(/does not exist/)
})

it('pins a comment on one’s own post, and shows what waits for approval', async () => {
  let pinned: boolean | undefined
  const held = apiComment('c9', 'carla', 'held back', { held: true })
  const api = fakeApi({
    'comments.list': async () => page([{ ...carla, ...(pinned && { pinned }) }]),
    'commentReview.held': async () => page([held]),
    'commentReview.pin': async () => {
      pinned = true
      return { ...carla, pinned }
    },
    'commentReview.approve': async () => apiComment('c9', 'carla', 'held back'),
  })
  const viewer = { ...post.viewer, is_author: true }
  carla.viewer.can_delete = true
  const { user } = await talk({ viewer })
  await user.click(await screen.findByRole('button', { name: 'What to do with the comment by carla' }))
  await user.click(await screen.findByRole('button', { name: 'Pin comment' }))
  expect(await screen.findByText('Pinned')).toBeDefined()
  expect(api.commentReview.pin).toHaveBeenCalledWith({ params: { comment_id: 'c1' } })
  await user.click(await screen.findByRole('button', { name: '1 comment waits for you' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Hidden comments' }))
  expect(dialog.getByText('held back', { exact: false })).toBeDefined()
  await user.click(dialog.getByRole('button', { name: 'Approve the comment by carla' }))
  expect(await dialog.findByText('Nothing waits for you')).toBeDefined()
  expect(entities.get('posts', post.post_id)?.comments_count).toBe(3)
})

it('says who may comment where the viewer may not, and tells a writer that theirs waits', async () => {
  const mine = apiComment('c8', 'ben', 'mine', { held: true })
  fakeApi({ 'comments.list': async () => page([mine]) })
  await talk({ comments_from: 'followers', viewer: { ...post.viewer, may_comment: false } })
  expect(await screen.findByText('Only you see this until ana approves it')).toBeDefined()
  expect(screen.getByText('Only followers of ana can comment.')).toBeDefined()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.queryByRole('button', { name: /Reply|Like the comment/ })).toBeNull()
})
