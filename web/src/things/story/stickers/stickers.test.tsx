import { fireEvent, screen, waitFor } from '@testing-library/react'
import { type Sticker, TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { useStory } from '../../../data/entities/entities.ts'
import { ingestStories } from '../../../data/entities/ingest.ts'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderApp } from '../../../testing/render-app.tsx'
import { apiStory } from '../../../testing/things.ts'
import { remaining } from './CountdownSticker.tsx'
import { StickerLayer } from './StickerLayer.tsx'

const at = { x: 0.5, y: 0.5, width: 0.6, rotation: 0, sticker: 0 }
const options = ['Bellows', 'Box']

function Stickers() {
  const story = useStory('s1' as never)
  return story ? <StickerLayer story={story} /> : null
}

const show = (sticker: Sticker, viewer = {}) =>
  renderApp(<Stickers />, {
    seed: () => {
      const story = apiStory('s1', 'ana', { stickers: [sticker] })
      ingestStories([{ ...story, viewer: { ...story.viewer, ...viewer } }])
    },
  })

const button = (name: string | RegExp) => screen.getByRole('button', { name })

describe('a poll', () => {
  const poll: Sticker = { kind: 'poll', ...at, question: 'Which?', options, votes: null, choice: null }

  it('shows the choice at once, and what others chose once it is made', async () => {
    const reply = Promise.withResolvers<Sticker>()
    const api = fakeApi({ 'stories.answer': () => reply.promise })
    const { user } = await show(poll)
    await user.click(button('Bellows'))
    expect(button('Bellows').getAttribute('aria-pressed')).toBe('true')
    expect(screen.queryByText('%', { exact: false })).toBeNull()
    reply.resolve({ ...poll, votes: [3, 1], choice: 0 })
    expect(await screen.findByText('75%')).toBeDefined()
    expect(vi.mocked(api.stories.answer).mock.calls[0]?.[0]).toMatchObject({
      params: { story_id: 's1', sticker: 0 },
      body: { choice: 0 },
    })
  })

  it('counts a changed vote once', async () => {
    const reply = Promise.withResolvers<Sticker>()
    fakeApi({ 'stories.answer': () => reply.promise })
    const { user } = await show({ ...poll, votes: [3, 1], choice: 0 })
    await user.click(button(/^Box\W+25%$/))
    await user.click(button(/^Box\W+50%$/))
    expect(button(/^Bellows\W+50%$/).getAttribute('aria-pressed')).toBe('false')
    reply.resolve({ ...poll, votes: [2, 2], choice: 1 })
    await waitFor(() => expect(button(/^Box\W+50%$/).getAttribute('aria-pressed')).toBe('true'))
  })

  it('is as it was where the vote did not come through', async () => {
    fakeApi({ 'stories.answer': () => Promise.reject(new TintypeError('internal')) })
    const { user } = await show({ ...poll, votes: [3, 1], choice: 0 })
    await user.click(button(/^Box\W+25%$/))
    await waitFor(() => expect(button(/^Bellows\W+75%$/).getAttribute('aria-pressed')).toBe('true'))
  })

  it('is not answered by its author, who sees the votes', async () => {
    fakeApi({})
    await show({ ...poll, votes: [1, 0] }, { is_author: true })
    expect(button(/^Bellows\W+100%$/).hasAttribute('disabled')).toBe(true)
  })
})

it('a quiz is answered once, and then says which was right', async () => {
  const quiz: Sticker = {
    kind: 'quiz',
    ...at,
    question: 'Who?',
    options,
    votes: null,
    choice: null,
    correct: null,
  }
  const api = fakeApi({
    'stories.answer': async () => ({ ...quiz, votes: [1, 1], choice: 0, correct: 1 }) as Sticker,
  })
  const { user } = await show(quiz)
  await user.click(button('Bellows'))
  expect(await screen.findByRole('button', { name: /^Box\W+correct/ })).toBeDefined()
  await user.click(button(/^Bellows\W+not correct/))
  expect(api.stories.answer).toHaveBeenCalledTimes(1)
})

it('a question takes an answer, and another one', async () => {
  const question: Sticker = { kind: 'question', ...at, question: 'Ask me', answered: false }
  const api = fakeApi({ 'stories.answer': async () => ({ ...question, answered: true }) as Sticker })
  const { user } = await show(question)
  await user.type(screen.getByLabelText('Your answer'), ' Why tin? ')
  await user.click(button('Send'))
  expect(await screen.findByText('Answer sent')).toBeDefined()
  await user.click(button('Answer again'))
  await user.type(screen.getByLabelText('Your answer'), 'And why not?{Enter}')
  await waitFor(() => expect(api.stories.answer).toHaveBeenCalledTimes(2))
  expect(vi.mocked(api.stories.answer).mock.calls[0]?.[0].body).toEqual({ text: 'Why tin?' })
})

it('a slider is answered where it is left, and then shows the average', async () => {
  const slider: Sticker = {
    kind: 'slider',
    ...at,
    question: 'Sharp?',
    emoji: '🔥',
    average: null,
    value: null,
  }
  const api = fakeApi({
    'stories.answer': async () => ({ ...slider, average: 0.5, value: 0.7 }) as Sticker,
  })
  const { user } = await show(slider)
  const range = screen.getByRole('slider', { name: 'Sharp?' })
  range.focus()
  fireEvent.change(range, { target: { value: '0.7' } })
  expect(api.stories.answer).not.toHaveBeenCalled()
  await user.tab()
  expect(await screen.findByText('The average is 50%')).toBeDefined()
  expect(vi.mocked(api.stories.answer).mock.calls[0]?.[0].body).toEqual({ value: 0.7 })
  expect(range.hasAttribute('disabled')).toBe(true)
})

it('a link names its host and opens beside the app, whatever it is called', async () => {
  fakeApi({})
  await show({ kind: 'link', ...at, url: 'https://www.example.org/a?b', label: 'Free plates' })
  const link = screen.getByRole('link', { name: /^Free plates\W+example.org\W+opens in a new tab$/ })
  expect(link.textContent).toContain('example.org')
  expect(link.getAttribute('target')).toBe('_blank')
  expect(link.getAttribute('rel')).toContain('noopener')
})

it('a mention and a tag lead there; a place is named', async () => {
  fakeApi({})
  const { unmount } = await show({ kind: 'mention', ...at, user_id: 'u-carla' as never, username: 'carla' })
  expect(screen.getByRole('link', { name: '@carla' }).getAttribute('href')).toBe('/carla')
  unmount()
  await show({ kind: 'hashtag', ...at, tag: 'porto' })
  expect(screen.getByRole('link', { name: '#porto' }).getAttribute('href')).toBe('/tags/porto')
})

it('a countdown says the two largest units that are left', () => {
  const [second, hour] = [1000, 3_600_000]
  expect(remaining(50 * hour)).toBe('2d 2h')
  expect(remaining(3 * hour)).toBe('3h 0m')
  expect(remaining(61 * second)).toBe('1m 1s')
  expect(remaining(5 * second)).toBe('0m 5s')
  expect(remaining(-5 * second)).toBe('0m 0s')
})
