import { expect, test } from 'vitest'
import { lruOf } from './lru.ts'

test('keeps the entries used last', () => {
  const lru = lruOf<string, number>(3)
  for (const [at, key] of ['a', 'b', 'c'].entries()) lru.set(key, at)
  lru.get('a')
  lru.set('d', 3)
  expect([...lru.keys()].toSorted()).toEqual(['a', 'c', 'd'])
  lru.set('a', 9)
  expect([lru.size, lru.get('a')]).toEqual([3, 9])
})
