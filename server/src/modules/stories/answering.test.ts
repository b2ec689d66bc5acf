import type { Answer, NewSticker, Sticker, Story } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { code, placed, posted } from './scene.suite.ts'

let system: TestSystem
let ana: Person
let ben: Person
let cai: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben, cai] = await system.people('ana', 'ben', 'cai')
})
afterAll(() => system[Symbol.asyncDispose]())

const withStickers = (...stickers: NewSticker[]) => posted(system, ana, { stickers })
const answer = (person: Person, story: Story, body: Answer, sticker = 0): Promise<Sticker> =>
  person.api.stories.answer({ params: { story_id: story.story_id, sticker }, body })
const stickerOf = async (person: Person, story: Story, sticker = 0) =>
  (await person.api.stories.get({ params: story })).stickers.find((one) => one.sticker === sticker)
const answers = async (story: Story, sticker?: number) =>
  (
    await ana.api.stories.answers({ params: story, query: sticker === undefined ? {} : { sticker } })
  ).items.map((one) => [one.user.username, one.answer])

describe('stickers', () => {
  test('are shown as they were put there; tags, addresses and names are tidied', async () => {
    const story = await withStickers(
      { kind: 'mention', username: 'BEN', ...placed },
      { kind: 'hashtag', tag: '#Café', ...placed },
      { kind: 'place', place: { name: 'Lyon', lat: 45.76, lon: 4.84 }, ...placed },
      { kind: 'countdown', title: 'New year', ends_at: '2030-01-01T00:00:00.000Z', ...placed },
      { kind: 'link', url: 'https://example.org', ...placed },
    )
    expect((await cai.api.stories.get({ params: story })).stickers).toEqual([
      { kind: 'mention', sticker: 0, username: 'ben', user_id: ben.id, ...placed },
      { kind: 'hashtag', sticker: 1, tag: 'café', ...placed },
      { kind: 'place', sticker: 2, place: { name: 'Lyon', lat: 45.76, lon: 4.84 }, ...placed },
      { kind: 'countdown', sticker: 3, title: 'New year', ends_at: '2030-01-01T00:00:00.000Z', ...placed },
      { kind: 'link', sticker: 4, url: 'https://example.org/', label: '', ...placed },
    ])
  })

  test.each<[string, object, string]>([
    ['a mention of nobody', { kind: 'mention', username: 'nobody.at.all' }, 'sticker_invalid'],
    ['a tag that is none', { kind: 'hashtag', tag: '#!?' }, 'sticker_invalid'],
    ['an address that runs', { kind: 'link', url: 'javascript:alert(1)' }, 'sticker_invalid'],
    [
      'a quiz without its answer',
      { kind: 'quiz', question: '?', options: ['a', 'b'], correct: 2 },
      'sticker_invalid',
    ],
    ['a poll of one', { kind: 'poll', options: ['a'] }, 'validation_failed'],
    ['what stands outside', { kind: 'hashtag', tag: 'x', x: 1.5 }, 'validation_failed'],
    ['a kind there is not', { kind: 'spell' }, 'validation_failed'],
  ])('%s is refused', async (_, sticker, expected) => {
    await expect(ana.story({ stickers: [{ ...placed, ...sticker } as NewSticker] })).rejects.toMatchObject(
      code(expected),
    )
  })

  test('a mention of whom the viewer does not see is not there', async () => {
    const [dan, eve] = await system.people('dan', 'eve')
    const story = await withStickers(
      { kind: 'mention', username: 'dan', ...placed },
      { kind: 'poll', options: ['a', 'b'], ...placed },
    )
    await dan.block(eve)
    const { stickers } = await eve.api.stories.get({ params: story })
    expect(stickers).toMatchObject([{ kind: 'poll', sticker: 1 }])
    expect(await answer(eve, story, { choice: 0 }, 1)).toMatchObject({ choice: 0, votes: [1, 0] })
  })
})

describe('a poll', () => {
  test('counts a changed vote once, and tells of others’ votes who has voted', async () => {
    const story = await withStickers({
      kind: 'poll',
      question: 'Tea?',
      options: ['yes', 'no', 'both'],
      ...placed,
    })
    expect(await stickerOf(ben, story)).toMatchObject({ question: 'Tea?', votes: null, choice: null })
    expect(await answer(ben, story, { choice: 0 })).toMatchObject({ votes: [1, 0, 0], choice: 0 })
    expect(await answer(cai, story, { choice: 0 })).toMatchObject({ votes: [2, 0, 0] })
    expect(await answer(ben, story, { choice: 2 })).toMatchObject({ votes: [1, 0, 1], choice: 2 })
    expect(await answer(ben, story, { choice: 2 })).toMatchObject({ votes: [1, 0, 1], choice: 2 })
    expect(await stickerOf(cai, story)).toMatchObject({ votes: [1, 0, 1], choice: 0 })
    expect(await stickerOf(ana, story)).toMatchObject({ votes: [1, 0, 1], choice: null })
    expect(await answers(story)).toEqual([
      ['ben', { choice: 2 }],
      ['cai', { choice: 0 }],
    ])
  })

  test('takes what is among its options, from others than its author', async () => {
    const story = await withStickers({ kind: 'poll', options: ['yes', 'no'], ...placed })
    await expect(answer(ben, story, { choice: 2 })).rejects.toMatchObject(code('answer_invalid'))
    await expect(answer(ben, story, { text: 'yes' })).rejects.toMatchObject(code('answer_invalid'))
    await expect(answer(ben, story, { choice: 0 }, 5)).rejects.toMatchObject(code('answer_invalid'))
    await expect(answer(ana, story, { choice: 0 })).rejects.toMatchObject(code('cannot_target_self'))
    expect(await answers(story)).toEqual([])
  })
})

test('a quiz keeps its secret until it is answered, once', async () => {
  const quiz: NewSticker = {
    kind: 'quiz',
    question: 'How many?',
    options: ['1', '2', '3'],
    correct: 1,
    ...placed,
  }
  const story = await withStickers(quiz)
  expect(await stickerOf(ben, story)).toMatchObject({ correct: null, votes: null })
  const [listed] = await ben.stories(ana).then((all) => all.filter((one) => one.story_id === story.story_id))
  expect(listed?.stickers[0]).toMatchObject({ correct: null })
  expect(await answer(ben, story, { choice: 0 })).toMatchObject({ correct: 1, choice: 0, votes: [1, 0, 0] })
  // An answer whose reply was lost is sent again.
  expect(await answer(ben, story, { choice: 0 })).toMatchObject({ choice: 0, votes: [1, 0, 0] })
  await expect(answer(ben, story, { choice: 1 })).rejects.toMatchObject(code('answer_final'))
  expect(await stickerOf(cai, story)).toMatchObject({ correct: null })
  expect(await stickerOf(ana, story)).toMatchObject({ correct: 1, votes: [1, 0, 0] })
})

test('a slider stays where it was put, and shows where others put it afterwards', async () => {
  const story = await withStickers({ kind: 'slider', emoji: '😍', question: 'How much?', ...placed })
  expect(await stickerOf(ben, story)).toMatchObject({ emoji: '😍', average: null, value: null })
  await answer(ben, story, { value: 0.1 })
  expect(await answer(cai, story, { value: 0.5 })).toMatchObject({ value: 0.5, average: expect.closeTo(0.3) })
  await answer(ben, story, { value: 0.1 })
  await expect(answer(ben, story, { value: 0.9 })).rejects.toMatchObject(code('answer_final'))
})

test('answers to a question come to the author alone, in pages, without those who are blocked', async () => {
  const story = await withStickers(
    { kind: 'question', question: 'Where to?', ...placed },
    { kind: 'poll', options: ['a', 'b'], ...placed },
  )
  expect(await answer(ben, story, { text: 'Lyon' })).toMatchObject({ answered: true })
  system.clock.advance(1000)
  await answer(cai, story, { text: 'Oslo' })
  system.clock.advance(1000)
  await answer(ben, story, { choice: 1 }, 1)
  system.clock.advance(1000)
  await answer(ben, story, { text: 'No, Porto' })
  expect(await answers(story)).toEqual([
    ['ben', { text: 'No, Porto' }],
    ['ben', { choice: 1 }],
    ['cai', { text: 'Oslo' }],
  ])
  expect(await answers(story, 1)).toEqual([['ben', { choice: 1 }]])
  const first = await ana.api.stories.answers({ params: story, query: { limit: 1 } })
  const next = { limit: 1, cursor: first.next_cursor ?? '' }
  expect((await ana.api.stories.answers({ params: story, query: next })).items[0]?.sticker).toBe(1)
  await expect(ben.api.stories.answers({ params: story })).rejects.toMatchObject(code('not_found'))
  await cai.block(ana)
  expect((await answers(story)).map(([name]) => name)).toEqual(['ben', 'ben'])
  await ana.api.graph.unblock({ params: cai }).catch(() => {})
  await cai.api.graph.unblock({ params: ana })
})

test('a reaction is one per viewer, and stands beside their view', async () => {
  const story = await posted(system, ana)
  const react = (person: Person, emoji: string) =>
    person.api.stories.react({ params: story, body: { emoji } })
  await react(ben, '🔥')
  await react(ben, '👨‍👩‍👧‍👦')
  await cai.viewStory(story)
  const seen = async () =>
    (await ana.api.stories.views({ params: story })).items.map((one) => [one.user.username, one.reaction])
  expect((await seen()).toSorted()).toEqual([
    ['ben', '👨‍👩‍👧‍👦'],
    ['cai', null],
  ])
  expect((await ben.api.stories.get({ params: story })).viewer).toMatchObject({
    seen: true,
    reaction: '👨‍👩‍👧‍👦',
  })
  await ben.api.stories.unreact({ params: story })
  expect((await seen()).toSorted()).toEqual([
    ['ben', null],
    ['cai', null],
  ])
  await expect(react(ben, 'ok')).rejects.toMatchObject(code('validation_failed'))
  await expect(react(ana, '🔥')).rejects.toMatchObject(code('cannot_target_self'))
})
