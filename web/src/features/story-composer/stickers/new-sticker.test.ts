import { describe, expect, it } from 'vitest'
import type { StickerKind } from '../scene/scene.ts'
import { addressOf, emojiOf, emptyFields, fieldsOf, type StickerFields, stickerOf } from './new-sticker.ts'

const now = new Date('2026-05-01T12:00:00Z').getTime()
const made = (kind: StickerKind, fields: Partial<StickerFields>) =>
  stickerOf(kind, { ...emptyFields(kind), ...fields }, now)

describe('a sticker', () => {
  it('is made of what was filled in', () => {
    expect(made('mention', { name: '@Ben.b' })).toEqual({ kind: 'mention', username: 'ben.b' })
    expect(made('hashtag', { name: '#LowTide' })).toEqual({ kind: 'hashtag', tag: 'lowtide' })
    expect(made('place', { spot: { name: ' Pier ', lat: 1, lon: 2 } })).toEqual({
      kind: 'place',
      place: { name: 'Pier', lat: 1, lon: 2 },
    })
    expect(made('poll', { options: ['Tea', ' ', 'Coffee '] })).toEqual({
      kind: 'poll',
      options: ['Tea', 'Coffee'],
    })
    expect(made('quiz', { question: 'Q?', options: ['', 'A', 'B'], correct: 2 })).toEqual({
      kind: 'quiz',
      question: 'Q?',
      options: ['A', 'B'],
      correct: 1,
    })
    expect(made('question', { question: 'Why?' })).toEqual({ kind: 'question', question: 'Why?' })
    expect(made('slider', { emoji: '🔥' })).toEqual({ kind: 'slider', emoji: '🔥' })
    expect(made('link', { url: 'example.org/a', label: 'Read' })).toEqual({
      kind: 'link',
      url: 'https://example.org/a',
      label: 'Read',
    })
  })

  it('is none while something is missing or cannot be', () => {
    expect(made('mention', { name: '@' })).toBeUndefined()
    expect(made('mention', { name: '@a b' })).toBeUndefined()
    expect(made('hashtag', { name: '#' })).toBeUndefined()
    expect(made('place', { spot: { name: ' ', lat: 1, lon: 2 } })).toBeUndefined()
    expect(made('poll', { options: ['Tea', ''] })).toBeUndefined()
    expect(made('quiz', { question: 'Q?', options: ['A', 'B', ''], correct: 2 })).toBeUndefined()
    expect(made('countdown', { question: 'Then', until: '2026-04-30T12:00' })).toBeUndefined()
    expect(made('link', { url: 'javascript:alert(1)' })).toBeUndefined()
  })

  it('can be edited: its fields make it again', () => {
    const stickers = [
      made('mention', { name: '@ben' }),
      made('hashtag', { name: '#sea' }),
      made('poll', { question: 'Which?', options: ['A', 'B'] }),
      made('quiz', { question: 'Q?', options: ['A', 'B'], correct: 1 }),
      made('slider', { question: 'How?', emoji: '😍' }),
      made('countdown', { question: 'Summer', until: '2026-06-21T10:00' }),
      made('link', { url: 'https://example.org/', label: 'Read' }),
    ]
    for (const sticker of stickers) {
      if (!sticker) throw new Error('not made')
      expect(stickerOf(sticker.kind, fieldsOf(sticker), now)).toEqual(sticker)
    }
  })
})

it('takes one emoji out of what was typed, however it is put together', () => {
  expect(emojiOf(' 👨‍👩‍👧 and')).toBe('👨‍👩‍👧')
  expect(emojiOf('❤️')).toBe('❤️')
  expect(emojiOf('1a')).toBeUndefined()
})

it('knows web addresses, with and without https', () => {
  expect(addressOf('example.org')).toBe('https://example.org/')
  expect(addressOf('example.org:8080/x')).toBe('https://example.org:8080/x')
  expect(addressOf('http://example.org')).toBe('http://example.org/')
  for (const none of ['', 'two words', 'nowhere', 'mailto:a@example.org', 'ftp://example.org'])
    expect(addressOf(none), none).toBeUndefined()
})
