import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClusterSeed, makeClusterSeed } from '@tintype/testkit/cluster'
import { openSql } from '@tintype/testkit/sql'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openPostgres } from '../postgres/db.ts'
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts'

let dir: string
let running: EmbeddedPostgres[]
let seed: ClusterSeed

beforeAll(async () => {
  seed = await makeClusterSeed()
})
afterAll(() => seed[Symbol.asyncDispose]())
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-embedded-'))
  await chmod(dir, 0o711)
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()))
  await rm(dir, { recursive: true, force: true })
})

async function start(at = dir): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dir: at, durable: false })
  running.push(server)
  return server
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const handle = openSql(url, { max: 1 })
  try {
    return (await handle.unsafe(statement)).map((row) => Object.values(row)[0])
  } finally {
    await handle.end()
  }
}

/** Starts PostgreSQL from a process of its own, and kills that process. */
async function startAndKill(): Promise<number> {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))})
    const { pid } = await startEmbedded({ dir: process.argv[1], durable: false })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return Number(said)
}

async function killForGood(server: EmbeddedPostgres): Promise<void> {
  let ended = false
  const gone = server.ended.then(() => {
    ended = true
  })
  for (let pid = 0; !ended; ) {
    if (server.pid !== pid) {
      pid = server.pid
      process.kill(pid, 'SIGKILL')
    }
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5))])
  }
}

test('keeps what was written from one start to the next', async () => {
  const first = await start()
  await ask(first.url, `create table notes as select 'kept' as text`)
  await first.stop()
  const second = await start()
  expect(await ask(second.url, 'select text from notes')).toEqual(['kept'])
  expect(await ask(second.url, `select 'ÄÖ' = upper('äö') and 'B' < 'a'`)).toEqual([true])
})

test('only we can get in: a private directory, a password, no port', async () => {
  await seed.plant(dir)
  const server = await start()
  expect((await stat(server.cluster)).mode & 0o077).toBe(0)
  expect((await stat(join(server.cluster, 'tintype-password'))).mode & 0o077).toBe(0)
  expect(await ask(server.url, 'show listen_addresses')).toEqual([''])
  const guess = new URL(server.url)
  guess.password = 'guess'
  await expect(ask(guess.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('waits for the disk before it says yes, unless told otherwise', async () => {
  await seed.plant(dir)
  const server = await startEmbedded({ dir })
  running.push(server)
  expect(await ask(server.url, 'show synchronous_commit')).toEqual(['on'])
  expect(await ask(server.url, 'show fsync')).toEqual(['on'])
})

test('stops the PostgreSQL that a killed server left running, and loses nothing', async () => {
  await seed.plant(dir)
  const orphan = await startAndKill()
  expect(existsSync(join(dir, 'postgres', 'postmaster.pid'))).toBe(true)
  const next = await start()
  expect(next.pid).not.toBe(orphan)
  expect(await ask(next.url, 'select 1')).toEqual([1])
})

test('recovers when PostgreSQL itself was killed and its number now belongs to someone else', async () => {
  await seed.plant(dir)
  const first = await start()
  await ask(first.url, `create table notes as select 'kept' as text`)
  await killForGood(first)
  const lock = join(first.cluster, 'postmaster.pid')
  const lines = (await readFile(lock, 'utf8')).split('\n')
  await writeFile(lock, [process.pid, ...lines.slice(1)].join('\n'))
  const next = await start()
  expect(await ask(next.url, 'select text from notes')).toEqual(['kept'])
})

test('is started again when it was killed, a few times', async () => {
  await seed.plant(dir)
  const restarts: number[] = []
  const server = await startEmbedded({ dir, durable: false, onRestart: () => restarts.push(server.pid) })
  running.push(server)
  await ask(server.url, `create table notes as select 'kept' as text`)
  const killed = server.pid
  process.kill(killed, 'SIGKILL')
  await vi.waitFor(() => ask(server.url, 'select 1'), { timeout: 10_000, interval: 10 })
  expect(await ask(server.url, 'select text from notes')).toEqual(['kept'])
  expect(restarts).toEqual([killed])
  await killForGood(server)
  expect(restarts.length).toBe(3)
})

test('pool and listeners find their way back to a server that was started again', async () => {
  await seed.plant(dir)
  const server = await start()
  const db = openPostgres({ url: server.url, pool: 3 })
  const heard: string[] = []
  const handleGap = vi.fn()
  await db.listen('news', (payload) => heard.push(payload), handleGap)
  const busy = Array.from({ length: 3 }, () => db.tx((tx) => sql`select pg_sleep(20)`.execute(tx)))
  await vi.waitFor(() =>
    ask(server.url, `select 1 / count(*) from pg_stat_activity where query like '%sleep%'`),
  )
  process.kill(server.pid, 'SIGKILL')
  await Promise.all(busy.map((call) => expect(call).rejects.toMatchObject({ code: 'unavailable' })))
  await vi.waitFor(() => expect(handleGap).toHaveBeenCalled(), { timeout: 10_000, interval: 10 })
  await Promise.all(
    Array.from({ length: 20 }, () => db.tx((tx) => sql`select pg_notify('news', 'a')`.execute(tx))),
  )
  await vi.waitFor(() => expect(heard.length).toBe(20), { timeout: 10_000, interval: 10 })
  await db[Symbol.asyncDispose]()
})

test('begins again when the first start was cut short', async () => {
  await mkdir(join(dir, 'postgres.new', 'cluster'), { recursive: true })
  const server = await start()
  expect(await ask(server.url, 'select 1')).toEqual([1])
  expect(existsSync(join(dir, 'postgres.new'))).toBe(false)
})

test('works below a path that is too long for a socket', async () => {
  const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60))
  await mkdir(deep, { recursive: true })
  const server = await start(deep)
  expect(server.url).toContain(encodeURIComponent('/tmp/tintype-pg-'))
  expect(await ask(server.url, 'select 1')).toEqual([1])
})

test('refuses a database of another PostgreSQL version', async () => {
  await seed.plant(dir)
  const server = await start()
  await server.stop()
  await writeFile(join(server.cluster, 'PG_VERSION'), '15\n')
  await expect(start()).rejects.toThrow(/is of PostgreSQL 15, but this Tintype brings PostgreSQL 18/)
})

test('says what is wrong when PostgreSQL does not come up', async () => {
  await seed.plant(dir)
  const server = await start()
  await server.stop()
  await rm(join(server.cluster, 'global'), { recursive: true })
  await expect(start()).rejects.toThrow(/^PostgreSQL could not start: .*global.* \(see .*postgres\.log\)\.$/)
})
