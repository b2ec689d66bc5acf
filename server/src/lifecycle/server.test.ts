import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { type ClusterSeed, makeClusterSeed } from '@tintype/testkit/cluster'
import { createTestDatabase } from '@tintype/testkit/database'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { get, type Server, serverProcesses, stop } from './server-process.suite.ts'

let seed: ClusterSeed
let dir: string
let dataDir: string
const servers = serverProcesses()
const { launch, start } = servers

beforeAll(async () => {
  seed = await makeClusterSeed()
})
afterAll(() => seed[Symbol.asyncDispose]())
beforeEach(() => {
  ;({ dir, dataDir } = servers)
})

const postmasterPid = () =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

/** Expects a refusal: one sentence, no stack, code 1, and no PostgreSQL left behind. */
async function refusal(server: Server): Promise<string> {
  expect(await server.ended).toBe(1)
  expect(server.said.out).toBe('')
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  return server.said.err.trimEnd()
}

test('starts, says what runs where, stops in order, and starts again in no time', async () => {
  const first = await start()
  expect(first.said.out).toContain(`embedded PostgreSQL in ${dataDir}/postgres`)
  expect(first.said.out).toContain(`The first account becomes the owner: open ${first.url} and sign up.`)
  expect(first.said.err).toBe('')
  await get(first.url, '/write/kept')
  const slow = get(first.url, '/slow')
  await vi.waitFor(() => get(first.url, '/'))
  expect(await stop(first)).toBe(0)
  expect(await slow).toBe('kept')
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  const before = performance.now()
  const second = await start()
  // A machine that is busy with other things proves nothing.
  if ((loadavg()[0] ?? 0) < 2 * availableParallelism()) expect(performance.now() - before).toBeLessThan(5000)
  expect(await get(second.url, '/')).toBe('kept')
  expect(await stop(second, 'SIGINT')).toBe(0)
})

test('after kill -9 the next start has everything that was acknowledged', async () => {
  await seed.plant(dataDir)
  const first = await start()
  for (const note of ['a', 'b', 'c']) await get(first.url, `/write/${note}`)
  const orphan = postmasterPid()
  await stop(first, 'SIGKILL')
  expect(() => process.kill(orphan, 0)).not.toThrow()
  const second = await start()
  expect(await get(second.url, '/')).toBe('a b c')
  const pid = postmasterPid()
  expect(pid).not.toBe(orphan)
  process.kill(pid, 'SIGKILL')
  await stop(second, 'SIGKILL')
  const third = await start()
  expect(await get(third.url, '/')).toBe('a b c')
})

test('a second server on one data directory refuses, and the first goes on', async () => {
  await seed.plant(dataDir)
  const first = await start()
  const second = launch()
  expect(await second.ended).toBe(1)
  expect(second.said.err).toBe(
    `Tintype is already running on ${dataDir} (process ${first.child.pid}, ${first.url}); stop it first, or set DATA_DIR to another directory.\n`,
  )
  expect(await get(first.url, '/write/still')).toBe('still')
})

test('a port that is taken is told before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = String(typeof address === 'object' ? address?.port : 0)
  expect(await refusal(launch({ PORT: port }))).toBe(
    `Port ${port} on 127.0.0.1 is taken by another program; stop it, or set PORT to a free one.`,
  )
  other.close()
})

test('all mistakes of the configuration are told at once', async () => {
  const said = await refusal(launch({ PORT: 'many', ROLES: 'api,cook', PUBLIC_URL: 'here' }))
  expect(said.split('\n').length).toBe(4)
  for (const part of ['PORT is "many"', 'PUBLIC_URL is not', '"cook"']) expect(said).toContain(part)
  expect(existsSync(dataDir)).toBe(false)
})

test('roles and modules cannot be split while PostgreSQL lives inside one process', async () => {
  expect(await refusal(launch({ ROLES: 'api,realtime' }))).toMatch(
    /^ROLES leaves out worker, scheduler, but the embedded PostgreSQL belongs to one process.* set DATABASE_URL to split them\.$/,
  )
  expect(await refusal(launch({ SERVICES: 'feed,posts' }))).toMatch(
    /^SERVICES leaves out accounts, .*split them\.$/,
  )
})

test('a data directory that cannot be used is told', async () => {
  await writeFile(join(dir, 'file'), '')
  expect(await refusal(launch({ DATA_DIR: join(dir, 'file') }))).toMatch(
    /file is not a directory; set DATA_DIR to one\.$/,
  )
  const locked = join(dir, 'locked')
  await mkdir(locked, { mode: process.getuid?.() === 0 ? 0o700 : 0o500 })
  const stranger: Record<string, string> = process.getuid?.() === 0 ? { RUN_AS: '65534' } : {}
  expect(await refusal(launch({ DATA_DIR: join(locked, 'below/it'), ...stranger }))).toMatch(
    /cannot be written by this user; set DATA_DIR/,
  )
})

test('a secret that cannot be one is told before anything is started', async () => {
  await mkdir(dataDir, { mode: 0o711 })
  await writeFile(join(dataDir, 'secret'), '', { mode: 0o600 })
  expect(await refusal(launch())).toContain(`The secret ${dataDir}/secret has 0 characters`)
})

test('a stop that is asked for during the start leaves nothing behind', async () => {
  const server = launch()
  await vi.waitFor(() => expect(existsSync(join(dataDir, 'server.lock'))).toBe(true), {
    timeout: 30_000,
    interval: 2,
  })
  expect(await stop(server)).toBe(0)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  expect(server.said.err).toBe('')
})

test('a second signal ends a stop that does not end', async () => {
  await seed.plant(dataDir)
  const server = await start({ NEVER_ENDS: '1' })
  const pid = postmasterPid()
  server.child.kill('SIGTERM')
  const impatience = setInterval(() => server.child.kill('SIGTERM'), 50)
  expect(await server.ended).toBe(1)
  clearInterval(impatience)
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 5000, interval: 5 })
})

test.runIf(process.platform === 'linux')('goes on where nothing can be said any more', async () => {
  await seed.plant(dataDir)
  const full = openSync('/dev/full', 'w')
  const server = launch({ LOG_LEVEL: 'info' }, { stdout: full })
  closeSync(full)
  const url = await vi.waitFor(
    () => {
      const told = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'))
      expect(told.url).toBeDefined()
      return told.url as string
    },
    { timeout: 40_000, interval: 20 },
  )
  for (const note of ['a', 'b']) await get(url, `/write/${note}`)
  await get(url, '/log')
  expect(await get(url, '/')).toBe('a b')
  expect(await stop(server)).toBe(0)
})

test('a mistake in the code ends the process in order', async () => {
  await seed.plant(dataDir)
  const server = await start()
  await get(server.url, '/crash').catch(() => {})
  expect(await server.ended).toBe(1)
  expect(server.said.err).toContain('SyntaxError')
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})

test('with DATABASE_URL no PostgreSQL is started, and processes share a data directory', async () => {
  const { url: DATABASE_URL, dispose } = await createTestDatabase()
  const first = await start({ DATABASE_URL })
  const second = await start({ DATABASE_URL, ROLES: 'api' })
  await get(first.url, '/write/shared')
  expect(await get(second.url, '/')).toBe('shared')
  expect(first.said.out).not.toContain(new URL(DATABASE_URL).password)
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  expect((await readFile(join(dataDir, 'secret'), 'utf8')).trim().length).toBeGreaterThan(40)
  expect(await Promise.all([stop(first), stop(second)])).toEqual([0, 0])
  await dispose()
  expect(await refusal(launch({ DATABASE_URL }))).toMatch(
    /^The database of DATABASE_URL cannot be used: .* does not exist\.$/,
  )
})
