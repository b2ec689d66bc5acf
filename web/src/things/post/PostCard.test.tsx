import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { type Me, type Post, type PostId, TintypeError } from '@tintype/contract'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { apiComment, apiPost, meNamed, stranger } from '../../testing/things.ts'
import { takeCommentWish } from '../comments/comment-wish.ts'
import { PostCard } from './PostCard.tsx'

async function card(fields: Partial<Post> = {}, me: Me | undefined = undefined) {
  const post = apiPost('p1', 'ana', { likes_count: 4, caption: 'At the harbour', ...fields })
  const element = <PostCard postId={post.post_id} among={[post.post_id]} index={0} />
  return renderApp(element, { me, seed: () => ingestPosts([post]) })
}
const asBen = (fields: Partial<Post> = {}) => card(fields, meNamed('ben'))

describe('liking', () => {
  it('shows at once and keeps what the server counts', async () => {
    const answer = later<{ liked: boolean; likes_count: number }>()
    const api = fakeApi({ 'engagement.like': () => answer.promise })
    const { user } = await asBen()
    await user.click(await screen.findByRole('button', { name: 'Like' }))
    expect(screen.getByRole('button', { name: 'Unlike', pressed: true })).toBeDefined()
    expect(screen.getByRole('button', { name: '5 likes' })).toBeDefined()
    answer.resolve({ liked: true, likes_count: 9 })
    expect(await screen.findByRole('button', { name: '9 likes' })).toBeDefined()
    expect(api.engagement.like).toHaveBeenCalledWith({ params: { post_id: 'p1' } })
  })

  it('is taken back and explained when it fails', async () => {
    fakeApi({ 'engagement.like': () => Promise.reject(new TintypeError('rate_limited')) })
    const { user } = await asBen()
    await user.click(await screen.findByRole('button', { name: 'Like' }))
    expect(await screen.findByText(/a little too much at once/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Like', pressed: false })).toBeDefined()
    expect(screen.getByRole('button', { name: '4 likes' })).toBeDefined()
  })

  it('happens by a double tap, which never takes a like back', async () => {
    const api = fakeApi({ 'engagement.like': async () => ({ liked: true, likes_count: 5 }) })
    await asBen()
    const picture = await screen.findByAltText('Photo by ana')
    const twice = async () => {
      fireEvent.pointerUp(picture, { clientX: 50, clientY: 50, button: 0 })
      fireEvent.pointerUp(picture, { clientX: 52, clientY: 51, button: 0 })
    }
    await twice()
    await screen.findByRole('button', { name: 'Unlike' })
    await waitFor(() => expect(api.engagement.like).toHaveBeenCalledTimes(1))
    await twice()
    expect(screen.getByRole('button', { name: 'Unlike' })).toBeDefined()
    expect(api.engagement.unlike).not.toHaveBeenCalled()
  })

  it('leads a visitor to the log-in', async () => {
    fakeApi({})
    const { user, path } = await card()
    await user.click(await screen.findByRole('button', { name: 'Like' }))
    await waitFor(() => expect(path()).toBe('/login'))
  })
})

it('saves and unsaves', async () => {
  fakeApi({
    'engagement.save': async () => ({ saved: true }),
    'engagement.unsave': async () => ({ saved: false }),
  })
  const { user } = await asBen()
  await user.click(await screen.findByRole('button', { name: 'Save' }))
  await user.click(await screen.findByRole('button', { name: 'Remove from saved' }))
  expect(await screen.findByRole('button', { name: 'Save' })).toBeDefined()
})

describe('commenting in the feed', () => {
  it('sends by Enter, shows the comment and counts it', async () => {
    const api = fakeApi({ 'comments.create': async ({ body }) => apiComment('c1', 'ben', body.text) })
    const { user } = await asBen()
    await user.type(await screen.findByLabelText('Add a comment…'), 'Lovely light{Enter}')
    expect(await screen.findByText('Lovely light')).toBeDefined()
    expect(screen.getByRole('button', { name: 'View 1 comment' })).toBeDefined()
    expect(vi.mocked(api.comments.create).mock.calls[0]?.[0].body).toEqual({
      text: 'Lovely light',
      parent_comment_id: null,
    })
  })

  it('keeps what was written when it could not be sent, and repeats it under the same key', async () => {
    const api = fakeApi({ 'comments.create': () => Promise.reject(new TintypeError('unavailable')) })
    const { user } = await asBen()
    const field = await screen.findByLabelText<HTMLTextAreaElement>('Add a comment…')
    await user.type(field, 'Lovely{Enter}')
    await screen.findByText(/busy or restarting/)
    expect(field.value).toBe('Lovely')
    await user.type(field, '{Enter}')
    await waitFor(() => expect(api.comments.create).toHaveBeenCalledTimes(2))
    const keys = vi
      .mocked(api.comments.create)
      .mock.calls.map(([input]) => input.headers?.['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
  })

  it('breaks the line by Shift and Enter, and sends nothing empty', async () => {
    const api = fakeApi({})
    const { user } = await asBen()
    const field = await screen.findByLabelText<HTMLTextAreaElement>('Add a comment…')
    await user.type(field, '   {Enter}')
    await user.clear(field)
    await user.type(field, 'a{Shift>}{Enter}{/Shift}b')
    expect(field.value).toBe('a\nb')
    expect(api.comments.create).not.toHaveBeenCalled()
  })

  it('is not offered where comments are off', async () => {
    fakeApi({})
    await asBen({ comments_enabled: false })
    await screen.findByText('At the harbour')
    expect(screen.queryByLabelText('Add a comment…')).toBeNull()
  })
})

it('offers what is harmless first and what ends a tie last, muting between them', async () => {
  const api = fakeApi({ 'graph.mute': async () => ({ ...stranger, following: true, muting: true }) })
  const { user } = await asBen()
  await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
  const menu = await screen.findByRole('dialog', { name: 'Options for this post' })
  const offered = within(menu).getAllByRole('button')
  expect(offered.map((button) => button.textContent)).toEqual([
    'Go to post',
    'Copy link',
    'Save to collection…',
    'Why am I seeing this?',
    'Add ana to favourites',
    'Snooze ana for 30 days',
    'Mute ana',
    'Unfollow ana',
    'Report…',
    'Block ana',
    'Cancel',
  ])
  await user.keyboard(`${'{ArrowDown}'.repeat(6)}{Enter}`)
  await waitFor(() => expect(api.graph.mute).toHaveBeenCalledOnce())
  await screen.findByText(/Their posts leave your feed/)
})

describe('a post of one’s own', () => {
  const own = { viewer: { liked: false, saved: false, following: false, is_author: true } }

  it('is deleted after a question, and is gone', async () => {
    fakeApi({ 'posts.delete': async () => ({}) })
    const { user } = await asBen(own)
    await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    await screen.findByRole('alertdialog', { name: 'Delete this post?' })
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByRole('article')).toBeNull())
    expect(screen.getByText('Post deleted')).toBeDefined()
  })

  it('says why it could not be made', async () => {
    fakeApi({})
    await card({
      ...own,
      status: 'failed',
      failure: { code: 'media_corrupt', message: 'It could not be read.' },
    })
    expect(await screen.findByText(/This post could not be made. It could not be read./)).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Like' })).toBeNull()
  })
})

describe('a caption', () => {
  const height = (name: 'scrollHeight' | 'clientHeight', value: number) =>
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(value)

  it('longer than two lines ends in "more", inside its last line, which shows the rest', async () => {
    const heights = [height('scrollHeight', 80), height('clientHeight', 40)]
    fakeApi({})
    const { user } = await asBen()
    const more = await screen.findByRole('button', { name: 'more' })
    expect(more.closest('p')?.textContent).toContain('At the harbour')
    await user.click(more)
    expect(screen.queryByRole('button', { name: 'more' })).toBeNull()
    for (const one of heights) one.mockRestore()
  })
})

describe('writing a comment', () => {
  it('begins with the cursor in the field of the opened post', async () => {
    fakeApi({})
    const { user } = await asBen()
    await user.click(await screen.findByRole('button', { name: 'Comment' }))
    expect(takeCommentWish(apiPost('p1').post_id)).toBe(true)
    expect(takeCommentWish(apiPost('p1').post_id)).toBe(false)
  })

  it('leads a visitor to the log-in, and back to this post', async () => {
    fakeApi({})
    const { user, path, router } = await card()
    await user.click(await screen.findByRole('button', { name: 'Comment' }))
    await waitFor(() => expect(path()).toBe('/login'))
    expect(router.state.location.search).toEqual({ to: '/p/p1' })
  })

  it('is not offered where comments are off', async () => {
    fakeApi({})
    await asBen({ comments_enabled: false })
    await screen.findByRole('button', { name: 'Like' })
    expect(screen.queryByRole('button', { name: 'Comment' })).toBeNull()
  })
})

it('is drawn once, however often the list around it is', async () => {
  fakeApi({})
  const above = vi.fn(() => null)
  const among = [apiPost('p1').post_id]
  let measure: (height: number) => void = () => undefined
  function List() {
    const [height, setHeight] = useState(500)
    measure = setHeight
    return <PostCard postId={among[0] as PostId} among={among} index={0} height={height} above={above} />
  }
  await renderApp(<List />, { me: undefined, seed: () => ingestPosts([apiPost('p1')]) })
  await screen.findByRole('article')
  const before = above.mock.calls.length
  expect(before).toBeGreaterThan(0)
  act(() => measure(612))
  expect(above.mock.calls.length).toBe(before)
})
