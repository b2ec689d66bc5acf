import { expect, it } from 'vitest'
import { passwordStrength } from './password-strength.ts'

it.each([
  ['', 0],
  ['short', 0],
  ['aaaaaaaaaaaaaaaaaaaa', 1],
  ['abcd1234', 1],
  ['correct horse', 2],
  ['correct horse battery', 4],
  ['Tr0ub4dor&3x', 3],
])('%j is %d', (password, strength) => expect(passwordStrength(password)).toBe(strength))

it('thinks less of a password that holds one’s own name', () => {
  const password = 'anaforge-anaforge-1'
  expect(passwordStrength(password, ['anaforge'])).toBeLessThan(passwordStrength(password))
})
