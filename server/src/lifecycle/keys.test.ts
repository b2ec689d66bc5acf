import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseConfig } from '../config.ts'
import { createVault } from '../kit/vault.ts'
import { addKey, copyKeyFile, keepKeys } from './keys.ts'

let dir: string
let file: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-keys-'))
  file = join(dir, 'vault-keys')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const keep = (env: Record<string, string> = {}) => keepKeys(parseConfig({ DATA_DIR: dir, ...env }))

test('a key that is added is the newest, and those before stay as they were', async () => {
  const before = await keep()
  expect(before.vaultKeys).toEqual([])
  const vault = createVault(before.secret, before.vaultKeys)
  expect([await addKey(file), await addKey(file)]).toEqual([2, 3])
  const { secret, vaultKeys } = await keep()
  expect(secret).toBe(before.secret)
  expect(vaultKeys.map(({ version }) => version)).toEqual([2, 3])
  expect(new Set(vaultKeys.map((key) => key.secret)).size).toBe(2)
  const after = createVault(secret, vaultKeys)
  expect(after.sealing).toBe(3)
  expect(after.open(vault.seal('text', 'use'), 'use')).toBe('text')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readdir(dir)).sort()).toEqual(['secret', 'vault-keys'])

  // What the owner wrote there stays.
  const text = await readFile(file, 'utf8')
  await writeFile(file, `# of 2026\n${text}`)
  expect(await addKey(file)).toBe(4)
  expect(await readFile(file, 'utf8')).toContain(`# of 2026\n${text.trim()}\n4:`)

  const copy = join(dir, 'copy')
  await copyKeyFile(file, copy)
  expect((await keep({ VAULT_KEY_FILE: copy })).vaultKeys).toHaveLength(3)
  await copyKeyFile(join(dir, 'none'), join(dir, 'none either'))
  expect(await readdir(dir)).not.toContain('none either')
})

test('keys that are set go before those of the file', async () => {
  await addKey(file)
  const key = 'abcdefghijklmnopqrstuvwxyz0123456789'
  expect((await keep({ VAULT_KEYS: `7:${key}` })).vaultKeys).toEqual([{ version: 7, secret: key }])
  expect(() => parseConfig({ VAULT_KEYS: '7:short' })).toThrow(
    'VAULT_KEYS has a key 7 that has 5 characters, but must have at least 32',
  )
})

test('a file that is no key file, or that everybody can read, is refused by its name', async () => {
  await writeFile(file, 'nonsense\n', { mode: 0o600 })
  await expect(keep()).rejects.toThrow(
    `The key file ${file} has an entry (the 1.) that is not of the form VERSION:KEY.`,
  )
  await expect(addKey(file)).rejects.toThrow('has an entry')
  expect(await readFile(file, 'utf8')).toBe('nonsense\n')
  await rm(file)
  await addKey(file)
  await chmod(file, 0o644)
  await expect(keep()).rejects.toThrow(`chmod 600 ${file}), or set VAULT_KEYS.`)
})
