import { parseFacets } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, rankTags, tokenAt } from './text-token.ts'

describe('tokenAt', () => {
  it('finds the tag or name the caret is in', () => {
    expect(tokenAt('At the #pier', 12)).toEqual({ kind: 'hashtag', query: 'pier', start: 7, end: 12 })
    expect(tokenAt('with @ana and', 7)).toEqual({ kind: 'mention', query: 'a', start: 5, end: 9 })
    expect(tokenAt('@', 1)).toEqual({ kind: 'mention', query: '', start: 0, end: 1 })
    expect(tokenAt('#Größe', 6)?.query).toBe('Größe')
    expect(tokenAt('写真@be', 5)).toEqual({ kind: 'mention', query: 'be', start: 2, end: 5 })
    expect(tokenAt('＠be', 3)?.kind).toBe('mention')
    expect(tokenAt('❤️#su', 5)?.query).toBe('su')
  })

  it('finds none where there is none', () => {
    expect(tokenAt('plain words', 5)).toBeUndefined()
    expect(tokenAt('mail@example', 12)).toBeUndefined()
    expect(tokenAt('#pier and', 9)).toBeUndefined()
    expect(tokenAt('', 0)).toBeUndefined()
    expect(tokenAt('https://example.org/#pi', 23)).toBeUndefined()
    expect(tokenAt('https://example.org/?u=@be', 26)).toBeUndefined()
  })
})

describe('complete', () => {
  it('replaces the token and leaves the caret behind it', () => {
    const text = 'with @a and'
    const token = tokenAt(text, 7)
    expect(token && complete(text, token, 'ana')).toEqual({ text: 'with @ana and', caret: 10 })
    const end = tokenAt('#pi', 3)
    expect(end && complete('#pi', end, 'pier')).toEqual({ text: '#pier ', caret: 6 })
  })

  it('always makes a facet the server will find', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'a ', 'one, two '),
        fc.constantFrom('', ' b', '\nmore'),
        (before, after) => {
          const text = `${before}@x${after}`
          const token = tokenAt(text, before.length + 2)
          if (!token) throw new Error('no token')
          const done = complete(text, token, 'ana.b')
          expect(parseFacets(done.text)).toEqual([
            { type: 'mention', start: before.length, end: before.length + 6, username: 'ana.b' },
          ])
          expect(done.caret).toBe(before.length + 7)
        },
      ),
    )
  })
})

describe('rankTags', () => {
  it('puts what is used most first', () => {
    expect(rankTags(['sea', 'seaside', 'seaside', 'sun', 'seal'], 'SE', 3)).toEqual([
      'seaside',
      'sea',
      'seal',
    ])
    expect(rankTags(['sea'], 'sea', 3)).toEqual([])
  })
})
