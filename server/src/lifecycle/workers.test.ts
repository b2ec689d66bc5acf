import { createTestDatabase } from '@tintype/testkit/database'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConfigError } from '../config.ts'
import { get, type Server, serverProcesses, stop } from './server-process.suite.ts'
import { readSettings } from './settings.ts'

const servers = serverProcesses()
let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
})
afterEach(() => database.dispose())

const startTwo = (env: Record<string, string> = {}) =>
  servers.start({ WORKERS: '2', DATABASE_URL: database.url, ...env })

/** The processes that answer, by the number of their place: asked on new connections until all have. */
async function whoAnswers({ url }: { url: string }, count = 2): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${url}/who`, { headers: { connection: 'close' } })
      const [pid = '', place = ''] = (await answer.text()).split(' ')
      found.set(place, Number(pid))
      expect(found.size).toBe(count)
    },
    { timeout: 10_000, interval: 1 },
  )
  return found
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const untilGone = (pids: Iterable<number>) =>
  vi.waitFor(() => expect([...pids].filter(isAlive)).toEqual([]), { timeout: 5000, interval: 5 })

const untilSaid = ({ said }: Server, text: string) =>
  vi.waitFor(() => expect(said.out).toContain(text), { timeout: 20_000, interval: 5 })

test('two processes answer on one port; one that is killed comes back while the other serves on', async () => {
  const server = await startTwo()
  expect(server.said.out).toContain('processes 2 that serve, and one for the rest')
  const before = await whoAnswers(server)
  expect([...before.keys()].sort()).toEqual(['1', '2'])
  expect([...before.values()]).not.toContain(server.child.pid)
  const [killed, stayed] = [before.get('1') ?? 0, before.get('2') ?? 0]
  process.kill(killed, 'SIGKILL')
  await untilSaid(server, 'a process that serves has ended and is started again')
  expect(await get(server.url, '/who')).toBe(`${stayed} 2`)
  await vi.waitFor(async () => expect((await whoAnswers(server)).get('1')).not.toBe(killed), 20_000)
  const after = await whoAnswers(server)
  expect(after.get('2')).toBe(stayed)
  expect(await stop(server)).toBe(0)
  await untilGone(after.values())
  expect(server.said.err).toBe('')
})

test('what is asked to end lets requests end, each process its own', async () => {
  const server = await startTwo()
  const pids = await whoAnswers(server)
  await get(server.url, '/write/kept')
  const slow = Array.from({ length: 8 }, () => get(server.url, '/slow'))
  // Those have come in by the time that another one, which came later, is answered.
  await Promise.all(Array.from({ length: 8 }, () => get(server.url, '/')))
  const ended = stop(server)
  expect(await Promise.all(slow)).toEqual(Array(8).fill('kept'))
  expect(await ended).toBe(0)
  await untilGone(pids.values())
})

test('when the first process is killed, the others are gone at once, and it can be started again', async () => {
  const server = await startTwo()
  const pids = await whoAnswers(server)
  expect(await stop(server, 'SIGKILL')).toBe(null)
  await untilGone(pids.values())
  const again = await startTwo({ PORT: new URL(server.url).port })
  expect(again.url).toBe(server.url)
  await whoAnswers(again)
  expect(await stop(again)).toBe(0)
})

test('one process that is asked to end is replaced', async () => {
  const server = await startTwo()
  const before = await whoAnswers(server)
  process.kill(before.get('2') ?? 0, 'SIGTERM')
  await untilSaid(server, '"code":0')
  await vi.waitFor(async () => expect((await whoAnswers(server)).get('2')).not.toBe(before.get('2')), 20_000)
  expect(await stop(server)).toBe(0)
})

test('one whose event loop stands still is killed and replaced', async () => {
  const server = await startTwo({ WATCH_EVERY: '300' })
  await fetch(`${server.url}/hang`).catch(() => {})
  await untilSaid(server, 'does not answer and is killed')
  await untilSaid(server, '"signal":"SIGKILL"')
  await whoAnswers(server)
  expect(await stop(server)).toBe(0)
})

test('a start in which one of them fails is refused in one sentence', async () => {
  const server = servers.launch({ WORKERS: '2', DATABASE_URL: database.url, WORKERS_FAIL: '1' })
  expect(await server.ended).toBe(1)
  expect(server.said).toEqual({ out: '', err: 'This one does not work.\n' })
})

test('settings that do not go together are told', () => {
  const mistakes = (env: Record<string, string>) => {
    try {
      readSettings(env, false)
    } catch (error) {
      return error instanceof ConfigError ? error.mistakes : error
    }
  }
  expect(mistakes({ WORKERS: '4', ROLES: 'worker', DATABASE_URL: 'postgres://db' })).toEqual([
    'WORKERS is 4, but ROLES has neither api nor realtime, which are what they would do.',
  ])
  expect(mistakes({ WORKERS: '9', DATABASE_POOL: '20' })).toEqual([
    'WORKERS is 9 and DATABASE_POOL 20, which makes 270 connections, but the embedded PostgreSQL takes 190; set DATABASE_POOL to 12 at most.',
  ])
  expect(mistakes({ WORKERS: '9', DATABASE_POOL: '20', DATABASE_URL: 'postgres://db' })).toBeUndefined()
  for (const dir of ['/data', '/data/backups'])
    expect(mistakes({ DATA_DIR: '/data', BACKUP_DIR: dir })).toEqual([
      'BACKUP_DIR must lie outside of DATA_DIR, which it is there to outlive.',
    ])
  expect(mistakes({ DATA_DIR: '/data', BACKUP_DIR: '/data-backups' })).toBeUndefined()
})
