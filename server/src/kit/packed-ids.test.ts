import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unpackIds } from './packed-ids.ts'

test('ids come out as they went in, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { minLength: 1 }), (ids) => {
      expect(unpackIds(ids.map((id) => id.replaceAll('-', '')).join(''))).toEqual(ids)
    }),
  )
})

test('no rows are no ids', () => {
  expect(unpackIds(null)).toEqual([])
})
