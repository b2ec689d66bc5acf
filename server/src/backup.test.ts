import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Person } from '@tintype/testkit/person'
import { ServerHome, type ServerProcess } from '@tintype/testkit/server-process'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listArchived } from './engines/db/backup/segments.ts'
import { listFull } from './lifecycle/backup/full-backups.ts'

/**
 * The drill: a community that is written to, backed up and lost, and comes back as it was at a moment between. What was acknowledged by then is
 * there, and nothing later.
 */
let home: ServerHome
let dir: string
let server: ServerProcess
let ana: Person

beforeAll(async () => {
  home = await ServerHome.make()
  dir = await mkdtemp(join(tmpdir(), 'tintype-backups-'))
  const { said } = await command('rotate-keys', '--new').ended
  expect(said).toContain('Key 2 stands in')
  await start()
  ana = await Person.register(server.url, 'ana')
}, 120_000)
afterAll(async () => {
  await home?.[Symbol.asyncDispose]()
  await rm(dir, { recursive: true, force: true })
}, 60_000)

const soon = { timeout: 30_000, interval: 20 }

async function start(): Promise<void> {
  server = await home.start({ BACKUP_DIR: dir, BACKUP_SECONDS: '1' })
  if (ana) ana = new Person(server.url, ana.username, ana.session)
}

function command(...words: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], {
    env: { PATH: '/usr/bin:/bin', DATA_DIR: home.dataDir, LOG_LEVEL: 'error', BACKUP_DIR: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  return { child, ended: once(child, 'close').then(([code]) => ({ code, said })) }
}

const posts = async () => (await ana.api.feed.user({ params: ana, query: { limit: 50 } })).items

const published = (captions: string[]) =>
  vi.waitFor(async () => {
    const found = await posts()
    expect(found.map(({ caption }) => caption).sort()).toEqual(captions.sort())
    expect(found.every(({ status }) => status === 'published')).toBe(true)
    return found
  }, soon)

/** Until all that was acknowledged before now is in the archive. */
async function archived(): Promise<number> {
  const now = Date.now()
  await vi.waitFor(
    async () => expect((await listArchived(join(dir, 'wal'))).at(-1)?.at).toBeGreaterThan(now),
    soon,
  )
  return now
}

async function loseEverything(): Promise<number> {
  await server.kill()
  const pid = Number((await readFile(join(home.dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), soon)
  await rm(home.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  return Date.now()
}

// Each goes on from the one before.
test('what was lost comes back as of a moment, from a full backup and the log since', {
  retry: 0,
}, async () => {
  await ana.share({ caption: 'before the backup' })
  await published(['before the backup'])
  const [made, during] = await Promise.all([
    command('backup', dir).ended,
    ana.share({ caption: 'while it was made' }),
  ])
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/full backup[\s\S]*objects/) })
  const acknowledged = await ana.share({ caption: 'after the backup' })
  const captions = ['before the backup', 'while it was made', 'after the backup']
  await published(captions)
  const moment = await archived()
  await ana.delete(during)
  await ana.delete(acknowledged)
  await archived()

  expect(await command('restore', dir).ended).toMatchObject({
    code: 1,
    said: expect.stringContaining('is not empty'),
  })
  const lostAt = await loseEverything()
  const lastAt = (await listArchived(join(dir, 'wal'))).at(-1)?.at ?? 0
  const later = new Date(lostAt + 60_000).toISOString()
  expect((await command('restore', dir, '--at', later).ended).said).toMatch(/comes up to/)
  expect((await command('restore', dir, '--at', '2001-01-01T00:00:00Z').ended).said).toMatch(/goes back to/)
  const restored = await command('restore', dir, '--at', new Date(moment).toISOString()).ended
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining(' 0 are missing') })
  await start()
  // The keys came back as well.
  expect((await ana.api.members.me()).email).toBe('ana@example.org')
  const found = await published(captions)
  const recovered = Date.now()
  for (const { media } of found)
    for (const { url } of media[0]?.variants ?? [])
      expect((await fetch(new URL(url, server.url))).status).toBe(200)
  const figures = { lost: (lostAt - lastAt) / 1000, back: (recovered - lostAt) / 1000 }
  console.log(
    `Drill: the last ${figures.lost} s would be lost (RPO), all is back after ${figures.back} s (RTO).`,
  )
  expect(figures.lost).toBeLessThan(300)
  expect(figures.back).toBeLessThan(3600)
})

test('what is written after a restore is backed up as well: the next restore finds it', {
  retry: 0,
}, async () => {
  await ana.share({ caption: 'on the new timeline' })
  await vi.waitFor(async () => expect((await posts())[0]?.status).toBe('published'), soon)
  await archived()
  await loseEverything()
  expect(await command('restore', dir).ended).toMatchObject({ code: 0 })
  await start()
  expect((await posts()).map(({ caption }) => caption)).toContain('on the new timeline')
})

test('a backup that is killed leaves nothing that looks whole, and a damaged one is refused', {
  retry: 0,
}, async () => {
  const before = await listFull(dir)
  const { child, ended } = command('backup', dir)
  const drafts = async () => (await readdir(join(dir, 'full'))).filter((name) => name.endsWith('.part'))
  await vi.waitFor(async () => expect(await drafts()).toHaveLength(1), { timeout: 30_000, interval: 1 })
  child.kill('SIGKILL')
  await ended
  expect((await listFull(dir)).map(({ path }) => path)).toEqual(before.map(({ path }) => path))

  const [newest] = before
  const victim = join(newest?.path ?? '', 'database/global/pg_control.zst')
  const bytes = await readFile(victim)
  await writeFile(victim, bytes.subarray(0, bytes.length - 5))
  await loseEverything()
  expect((await command('restore', dir).ended).said).toMatch(/The backup is damaged: global\/pg_control/)
  await expect(home.start()).rejects.toThrow(/not brought back .* to its end/)
  await writeFile(victim, bytes)
})
