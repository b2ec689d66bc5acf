import type { UserId } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { linkify, piecesOf } from './rich-text.ts'

const joined = (pieces: { text: string }[]) => pieces.map((piece) => piece.text).join('')

describe('cutting a text at its facets', () => {
  const text = 'With @ana at #Café ☕ today'

  it('makes links of mentions and tags', () => {
    const pieces = piecesOf(text, [
      { type: 'mention', start: 5, end: 9, username: 'ana.new', user_id: 'u1' as UserId },
      { type: 'hashtag', start: 13, end: 18, tag: 'café' },
    ])
    expect(pieces).toEqual([
      { kind: 'text', text: 'With ' },
      { kind: 'mention', text: '@ana', username: 'ana.new' },
      { kind: 'text', text: ' at ' },
      { kind: 'hashtag', text: '#Café', tag: 'café' },
      { kind: 'text', text: ' ☕ today' },
    ])
  })

  it.each([
    ['beyond the end', [{ type: 'hashtag', start: 20, end: 99, tag: 'x' }]],
    ['empty', [{ type: 'hashtag', start: 3, end: 3, tag: 'x' }]],
    [
      'overlapping',
      [
        { type: 'hashtag', start: 0, end: 6, tag: 'x' },
        { type: 'hashtag', start: 4, end: 9, tag: 'y' },
      ],
    ],
  ] as const)('loses and doubles no character where a facet is %s', (_, facets) => {
    expect(joined(piecesOf(text, facets))).toBe(text)
  })

  it('takes facets in any order', () => {
    const facets = [
      { type: 'hashtag', start: 13, end: 18, tag: 'café' },
      { type: 'mention', start: 5, end: 9, username: 'ana' },
    ] as const
    expect(piecesOf(text, facets).map((piece) => piece.kind)).toEqual([
      'text',
      'mention',
      'text',
      'hashtag',
      'text',
    ])
  })

  it('leaves an empty text empty', () => expect(piecesOf('', [])).toEqual([]))
})

describe('a text without facets', () => {
  it('links tags, mentions and addresses, and leaves the full stop out', () => {
    expect(linkify('See https://example.org/a_(b), @ben #sun.')).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'link', text: 'example.org/a_(b)', href: 'https://example.org/a_(b)' },
      { kind: 'text', text: ', ' },
      { kind: 'mention', text: '@ben', username: 'ben' },
      { kind: 'text', text: ' ' },
      { kind: 'hashtag', text: '#sun', tag: 'sun' },
      { kind: 'text', text: '.' },
    ])
  })

  it('never makes a link of another scheme', () => {
    expect(linkify('javascript:alert(1) data:text/html,x').every((piece) => piece.kind === 'text')).toBe(true)
  })
})
