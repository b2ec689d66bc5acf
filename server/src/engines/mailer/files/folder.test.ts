import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import { aMail, testMailer } from '../suite/mailer.suite.ts'
import { MailFiles } from './folder.ts'

const from = { name: 'The Photo Club', address: 'club@example.org' }
let directory: string
let clock: FakeClock
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'tintype-mail-')), 'mail')
  clock = new FakeClock()
})
afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }))
const open = () => MailFiles.open({ directory, from, now: () => clock.now() })

testMailer('files', async () => ({
  open,
  async received() {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.eml'))
    return Promise.all(names.map(async (name) => simpleParser(await readFile(join(directory, name)))))
  },
  dispose: async () => {},
}))

test('a mail that is written twice is there once, and for the owner’s eyes alone', async () => {
  const folder = await open()
  await folder.send(aMail())
  await folder.send(aMail())
  expect((await readdir(directory)).toSorted()).toEqual(['first-1.eml', 'first-1.json'])
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  expect((await stat(join(directory, 'first-1.eml'))).mode & 0o777).toBe(0o600)
})

test('the owner reads the newest first; what is older than thirty days is gone', async () => {
  const folder = await open()
  for (const id of ['a', 'b', 'c']) {
    await folder.send(aMail({ id, subject: `No. ${id}` }))
    clock.advance(1000)
  }
  expect((await folder.list(2)).map(({ id, subject, to }) => [id, subject, to])).toEqual([
    ['c', 'No. c', 'ana@example.org'],
    ['b', 'No. b', 'ana@example.org'],
  ])
  clock.advance(30 * 86_400_000 - 2000)
  expect((await (await open()).list(10)).map(({ id }) => id)).toEqual(['c', 'b'])
  expect((await readdir(directory)).some((name) => name.startsWith('a.'))).toBe(false)
})

test('what cannot name a file is refused', async () => {
  const folder = await open()
  await expect(folder.send(aMail({ id: '../out' }))).rejects.toThrow('cannot name a mail')
})
