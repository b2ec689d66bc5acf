import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepSecret } from './secret.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-secret-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('the first start makes it, and every process that starts beside it has the same', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => keepSecret(dir)))
  expect(new Set(secrets).size).toBe(1)
  expect(secrets[0]?.length).toBeGreaterThan(40)
  expect(await keepSecret(dir)).toBe(secrets[0])
  // What one that dies half-way leaves is never the secret itself, and whoever lives leaves nothing.
  expect(await readdir(dir)).toEqual(['secret'])
  expect((await stat(join(dir, 'secret'))).mode & 0o777).toBe(0o600)
})

test('one that is there is used as it is', async () => {
  const made = await keepSecret(dir)
  expect((await readFile(join(dir, 'secret'), 'utf8')).trim()).toBe(made)
})

test('one that others could guess or read is refused by its name', async () => {
  const file = join(dir, 'secret')
  const good = randomBytes(32).toString('base64url')
  const refused = [
    { text: '', says: 'has 0 characters' },
    { text: ' \n', says: 'has 0 characters' },
    { text: good.slice(0, 31), says: 'has 31 characters' },
    { text: 'changeme'.repeat(8), says: 'has only 7 different characters' },
    { text: good, mode: 0o604, says: 'can be read by every user' },
    { text: good, mode: 0o602, says: 'can be read by every user' },
  ]
  for (const { text, mode = 0o600, says } of refused) {
    await writeFile(file, text)
    await chmod(file, mode)
    const refusal = expect(keepSecret(dir)).rejects
    await refusal.toThrow(`The secret ${file} ${says}`)
    expect(await readFile(file, 'utf8')).toBe(text)
  }
  await rm(file)
  await mkdir(file)
  await expect(keepSecret(dir)).rejects.toThrow(`The secret ${file} cannot be read`)
})
