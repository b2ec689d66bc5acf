import { act, screen, waitFor } from '@testing-library/react'
import { type SentFrame, type SentMessage, TintypeError } from '@tintype/contract'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { entities, usePost } from '../../data/entities/entities.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { live } from '../../data/live.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { FakeSocket } from '../../testing/fake-socket.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { page } from '../../testing/render-route.tsx'
import { apiComment, apiPost, meNamed } from '../../testing/things.ts'
import { PostSpread } from './PostSpread.tsx'

const post = apiPost('p1', 'ana', { likes_count: 3, comments_count: 1 })
const topic = 'post:p1' as const
const first = apiComment('c1', 'carla', 'Which harbour?', { replies_count: 0 })

beforeEach(() => {
  FakeSocket.all = []
  vi.stubGlobal('WebSocket', FakeSocket)
  live.open()
  FakeSocket.last().ready('e:1')
})
afterEach(() => {
  live.close()
  vi.unstubAllGlobals()
})

function Open() {
  const known = usePost(post.post_id)
  return known ? (
    <PostSpread postId={post.post_id} onDeleted={vi.fn()} plate={{ phone: '', wide: '', height: '' }} />
  ) : (
    <p>gone</p>
  )
}

/** Opens the post; its topic is joined, as it is when the page has just been read. */
async function open(api: Parameters<typeof fakeApi>[0] = {}) {
  const answers = fakeApi({
    'posts.get': async () => post,
    'comments.list': async () => page([first]),
    ...api,
  })
  const view = await renderApp(<Open />, { me: meNamed('ben'), seed: () => ingestPosts([post]) })
  await screen.findByText('Which harbour?')
  say({ type: 'subscribed', data: { resumed: false } })
  await waitFor(() => expect(answers.comments.list).toHaveBeenCalledTimes(2))
  return { ...view, answers }
}

let seq = 1
const say = (message: SentMessage) =>
  act(() => FakeSocket.last().say({ ...message, topic, cursor: `e:${++seq}` }))
const counted = (likes_count: number, comments_count: number): SentMessage => ({
  type: 'post.counted',
  data: { post_id: post.post_id, likes_count, comments_count },
})
const frames = () => FakeSocket.all.flatMap(({ sent }) => sent as SentFrame[])

it('follows the post that is open, and leaves it', async () => {
  const { unmount } = await open()
  expect(frames()).toEqual([{ type: 'subscribe', data: { topic } }])
  unmount()
  expect(frames().at(-1)).toEqual({ type: 'unsubscribe', data: { topic } })
})

it('shows likes and comments as they come', async () => {
  await open()
  say(counted(4, 2))
  say({ type: 'comment.created', data: { comment: apiComment('c2', 'dora', 'Porto!'), parent: null } })
  expect(await screen.findByText('Porto!')).toBeDefined()
  expect(screen.getByText(/4 likes/)).toBeDefined()
  const reply = apiComment('c3', 'ana', 'Indeed', { parent_comment_id: first.comment_id })
  say({
    type: 'comment.created',
    data: { comment: reply, parent: { comment_id: first.comment_id, replies_count: 1 } },
  })
  expect(await screen.findByRole('button', { name: 'View 1 reply' })).toBeDefined()
  const parent = null
  say({
    type: 'comment.deleted',
    data: { post_id: post.post_id, comment_id: first.comment_id, parent },
  })
  await waitFor(() => expect(screen.queryByText('Which harbour?')).toBeNull())
})

it('counts a like of one’s own once, whatever comes first', async () => {
  const answer = Promise.withResolvers<{ liked: boolean; likes_count: number }>()
  const { user } = await open({ 'engagement.like': () => answer.promise })
  await user.click(screen.getByRole('button', { name: 'Like' }))
  expect(screen.getByText(/4 likes/)).toBeDefined()
  answer.resolve({ liked: true, likes_count: 4 })
  await waitFor(() => expect(entities.get('posts', post.post_id)?.viewer.liked).toBe(true))
  say(counted(4, 1))
  expect(screen.getByText(/4 likes/)).toBeDefined()
})

it('shows one’s own comment once, also where it comes over the socket before it is answered', async () => {
  const own = apiComment('c9', 'ben', 'me too')
  const answer = Promise.withResolvers<typeof own>()
  const { user } = await open({ 'comments.create': () => answer.promise })
  await user.type(screen.getByRole('textbox'), 'me too{Enter}')
  say({ type: 'comment.created', data: { comment: own, parent: null } })
  say(counted(3, 2))
  answer.resolve(own)
  await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe(''))
  expect(screen.getAllByText('me too')).toHaveLength(1)
  expect(entities.get('posts', post.post_id)?.comments_count).toBe(2)
})

it('leaves a comment that belongs further down to the rest of the list', async () => {
  await open({ 'comments.list': async () => page([first], 'more') })
  say({ type: 'comment.created', data: { comment: apiComment('c2', 'dora', 'Porto!'), parent: null } })
  expect(screen.queryByText('Porto!')).toBeNull()
})

it('goes on after a break, and reads again only where something may be missing', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { answers } = await open()
    const list = vi.mocked(answers.comments.list)
    say(counted(4, 1))
    const cursor = `e:${seq}`
    const back = async (resumed: boolean) => {
      FakeSocket.last().drop()
      await vi.advanceTimersByTimeAsync(1000)
      FakeSocket.last().ready('e:99', { resumed })
      say({ type: 'subscribed', data: { resumed } })
    }
    await back(true)
    expect(FakeSocket.last().sent).toEqual([{ type: 'subscribe', data: { topic, resume: cursor } }])
    expect(list).toHaveBeenCalledTimes(2)
    list.mockImplementation(async () => page([first, apiComment('c5', 'dora', 'Missed')]) as never)
    await back(false)
    expect(await screen.findByText('Missed')).toBeDefined()
  } finally {
    vi.useRealTimers()
  }
})

it('is gone when it may not be seen any more', async () => {
  const { answers } = await open()
  vi.mocked(answers.posts.get).mockRejectedValue(new TintypeError('not_found'))
  say({ type: 'unsubscribed', data: { code: 'not_found' } })
  expect(await screen.findByText('gone')).toBeDefined()
})
