import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createVault, type VaultKey } from './vault.ts'
import { parseVaultKeys } from './vault-keys.ts'

const SECRET = 'a secret for tests, long enough to be one'
const key = (version: number, opensOnly?: boolean): VaultKey => ({
  version,
  secret: `key ${version}, which nobody could ever guess`,
  ...(opensOnly ? { opensOnly } : {}),
})

test('what is sealed is opened for its use alone, and says by which key it is sealed', () => {
  const vault = createVault(SECRET, [key(2)])
  const sealed = vault.seal('ana@example.org', 'email ana')
  expect(sealed).toMatch(/^2\.[\w-]+$/)
  expect(vault.seal('ana@example.org', 'email ana')).not.toBe(sealed)
  expect(vault.open(sealed, 'email ana')).toBe('ana@example.org')
  expect(() => vault.open(sealed, 'email ben')).toThrow()
  for (let at = 2; at < sealed.length; at += 7) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    expect(() => vault.open(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`, 'email ana')).toThrow()
  }
  expect(() => createVault(SECRET).open(sealed, 'email ana')).toThrow('There is no key 2')
  for (const odd of ['', 'ana@example.org', '2', '2.', '2.AAAA', '9'.repeat(500)])
    expect(() => vault.open(odd, 'email ana')).toThrow()
})

test('all keys open, the newest that may seals, and each finds what it has written', () => {
  const [one, waiting, two] = [
    createVault(SECRET),
    createVault(SECRET, [key(2, true)]),
    createVault(SECRET, [key(2)]),
  ]
  const before = one.seal('text', 'use')
  expect([waiting, two].map((vault) => vault.open(before, 'use'))).toEqual(['text', 'text'])
  expect(waiting.open(two.seal('text', 'use'), 'use')).toBe('text')
  expect([one, waiting, two].map(({ sealing }) => sealing)).toEqual([1, 1, 2])
  // Of whichever was there first: both know it.
  expect(two.indices('text', 'use')).toEqual([one.index('text', 'use'), two.index('text', 'use')])
  expect(waiting.indices('text', 'use')).toEqual(two.indices('text', 'use'))
  expect(waiting.index('text', 'use')).toBe(one.index('text', 'use'))
  expect(one.index('text', 'other use')).not.toBe(one.index('text', 'use'))
  expect(two.hash('text', 'use')).toBe(one.hash('text', 'use'))
})

test('a secret of before goes on as key 1 when another takes its place', () => {
  const before = createVault(SECRET)
  const after = createVault('another secret for tests, as long', [{ version: 1, secret: SECRET }, key(2)])
  expect(after.open(before.seal('text', 'use'), 'use')).toBe('text')
  expect(after.hash('code', 'use')).toBe(before.hash('code', 'use'))
  expect(after.fingerprints.get(1)).toBe(before.fingerprints.get(1))
  expect(createVault('another secret for tests, as long').fingerprints.get(1)).not.toBe(
    before.fingerprints.get(1),
  )
})

test('what was sealed and hashed before keys had versions is good still', () => {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', SECRET, '', purpose, 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive('tintype vault 1'), nonce).setAAD(Buffer.from('totp 1'))
  const bytes = Buffer.concat([nonce, cipher.update('ABCD'), cipher.final(), cipher.getAuthTag()])
  const vault = createVault(SECRET)
  expect(vault.open(`1.${bytes.toString('base64url')}`, 'totp 1')).toBe('ABCD')
  const hash = createHmac('sha256', derive('tintype look-up')).update('app secret\0x').digest('base64url')
  expect(vault.hash('x', 'app secret')).toBe(hash)
})

test('keys are written one a line or with commas, and what is wrong with them is said', () => {
  const good = 'abcdefghijklmnopqrstuvwxyz0123456789'
  expect(parseVaultKeys(`# keys\n2:${good}\n\n 3:${good}x:opens # soon`)).toEqual({
    keys: [
      { version: 2, secret: good },
      { version: 3, secret: `${good}x`, opensOnly: true },
    ],
    mistakes: [],
  })
  expect(parseVaultKeys(`2:${good},3:${good}`).keys).toHaveLength(2)
  expect(parseVaultKeys('')).toEqual({ keys: [], mistakes: [] })
  const mistakesOf = (text: string) => parseVaultKeys(text).mistakes.join()
  expect(mistakesOf('2:short')).toContain('has a key 2 that has 5 characters')
  for (const odd of [good, `0:${good}`, `two:${good}`, `2:${good}:closes`])
    expect(mistakesOf(odd)).toBe('has an entry (the 1.) that is not of the form VERSION:KEY')
  expect(mistakesOf(`2:${good},2:${good}x`)).toBe('has two keys 2')
  expect(mistakesOf(`1:${good}:opens,2:${good}:opens`)).toBe('has no key that seals')
})
