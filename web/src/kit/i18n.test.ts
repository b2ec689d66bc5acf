import { describe, expect, it } from 'vitest'
import { createT, formatShort } from './i18n.ts'
import { messages } from './messages.ts'

const t = createT({
  plain: 'Hello',
  named: 'Hello {name}, {n} times',
  many: { one: '{count} like', other: '{count} likes' },
})

describe('messages', () => {
  it('fills names and numbers in', () => {
    expect(t('plain')).toBe('Hello')
    expect(t('named', { name: 'Ana', n: 12345 })).toBe('Hello Ana, 12,345 times')
  })

  it('chooses the form by the count', () => {
    expect([0, 1, 2, 1200].map((count) => t('many', { count }))).toEqual([
      '0 likes',
      '1 like',
      '2 likes',
      '1,200 likes',
    ])
  })

  it('does not fill in what a value brings along', () => {
    expect(t('named', { name: '{n}', n: 1 })).toBe('Hello {n}, 1 times')
  })

  it('shortens large counts', () => {
    expect([999, 9999, 12_345, 1_200_000].map(formatShort)).toEqual(['999', '9,999', '12.3K', '1.2M'])
  })

  it('has no empty message', () => {
    for (const message of Object.values(messages)) {
      for (const text of typeof message === 'string' ? [message] : Object.values(message))
        expect(text).not.toBe('')
    }
  })
})
