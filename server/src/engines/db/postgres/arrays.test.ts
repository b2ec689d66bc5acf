import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatArray, parseArray, parseUuids } from './arrays.ts'

test('what is written is what is read, whatever the text', () => {
  const words = fc.array(fc.option(fc.oneof(fc.string(), fc.constantFrom('', 'NULL', '{', '},"', '\\', '"'))))
  fc.assert(
    fc.property(words, (list) => {
      expect(parseArray(formatArray(list, String), (text) => text)).toEqual(list)
    }),
  )
})

test('reads what PostgreSQL writes', () => {
  const read = (text: string) => parseArray(text, (element) => element)
  expect(read('{}')).toEqual([])
  expect(read('{a,NULL,"NULL","","x y","q\\"\\\\"}')).toEqual(['a', null, 'NULL', '', 'x y', 'q"\\'])
  expect(read('{{1,2},{3,NULL}}')).toEqual([
    ['1', '2'],
    ['3', null],
  ])
  expect(parseArray('{1,NULL,2}', Number)).toEqual([1, null, 2])
})

test('reads uuids', () => {
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  expect(parseUuids('{}')).toEqual([])
  expect(parseUuids(`{${a},${b}}`)).toEqual([a, b])
  expect(parseUuids(`{${a},NULL}`)).toEqual([a, null])
})
