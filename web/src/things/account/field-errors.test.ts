import { TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { placeError } from './field-errors.ts'

const fieldOf = { username_taken: 'username' } as const

it('puts a known code at its field', () => {
  expect(placeError(new TintypeError('username_taken'), fieldOf)).toEqual({
    fields: { username: 'This username is already taken.' },
  })
})

it('puts what the server says of each field there', () => {
  const details = { fields: { link: 'Must be a web address.' } }
  expect(placeError(new TintypeError('validation_failed', { details }), fieldOf)).toEqual({
    fields: details.fields,
  })
})

it('puts everything else above the form', () => {
  expect(placeError(new TintypeError('rate_limited'), fieldOf).form).toMatch(/a little too much/)
  expect(placeError(new Error('secret internals'), fieldOf).form).not.toMatch(/secret/)
})
