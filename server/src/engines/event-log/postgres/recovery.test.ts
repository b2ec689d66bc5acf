import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { PostId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import {
  firsts,
  Listener,
  type LogWithOutbox,
  like,
  newPosts,
  pause,
  until,
  upTo,
} from '../suite/scene.suite.ts'
import { openLog } from './opened.suite.ts'

const DAY = 86_400_000

describe('event log in PostgreSQL', () => {
  let test: TestDb
  let log: LogWithOutbox
  beforeEach(async () => {
    test = await openTestDb()
    log = await openLog(test.db, { retryBaseMs: 4, retryMaxMs: 20 })
  })
  afterEach(async () => {
    await log[Symbol.asyncDispose]()
    await test[Symbol.asyncDispose]()
  })
  const append = (...likes: ReturnType<typeof like>[]) => test.db.tx((tx) => log.outbox.append(tx, likes))
  const count = async (table: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(test.db.query))
      .rows[0]?.n

  it('goes on when its own connection is lost, and loses nothing', async () => {
    const [post] = newPosts(1) as [PostId]
    const listener = new Listener()
    await log.subscribe(listener.as('g'))
    for (const n of upTo(5)) {
      await append(like(post, n))
      await until(() => listener.of(post).includes(n))
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'tintype event log'`.execute(test.db.query)
    }
    await append(like(post, 5))
    await until(() => listener.of(post).includes(5))
    expect(firsts(listener.of(post))).toEqual(upTo(6))
  })

  it('tells handlers whose locks are lost to end, and waits for them before it begins again', async () => {
    const [post] = newPosts(1) as [PostId]
    let inHand = 0
    let most = 0
    let aborted = 0
    const listener = new Listener(async (_, signal) => {
      most = Math.max(most, ++inHand)
      if (aborted === 0)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      if (signal.aborted) aborted++
      await pause(20)
      inHand--
    })
    await log.subscribe(listener.as('g'))
    await append(like(post, 1))
    await until(() => inHand === 1)
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'tintype event log'`.execute(test.db.query)
    await until(() => listener.heard.length === 2)
    expect([aborted, most]).toEqual([1, 1])
  })

  it('parks an event that takes long, so that the cursor and the sweep go on', async () => {
    const [slow, quick] = newPosts(2) as [PostId, PostId]
    const gate = Promise.withResolvers<void>()
    const listener = new Listener((event) => (event.key === slow ? gate.promise : undefined))
    await log.subscribe(listener.as('g'))
    await append(like(slow, 0), like(quick, 0), like(slow, 1))
    await until(async () => (await count('event_parked')) === 2)
    await append(like(slow, 2))
    gate.resolve()
    await log.drain()
    expect(listener.of(slow)).toEqual([0, 1, 2])
    expect(listener.of(quick)).toEqual([0])
    expect(await count('event_parked')).toBe(0)
  })

  it('sweeps what is old and settled by every group, and forgets groups that never come back', async () => {
    const clock = new FakeClock()
    const sweeping = await openLog(test.db, { clock, keepSeconds: 3600, sweepEveryMs: 15 })
    const posts = newPosts(3)
    const old = (n: number) =>
      test.db.tx((tx) =>
        sweeping.outbox.append(
          tx,
          posts.map((post) => like(post, n)),
        ),
      )
    await (await log.subscribe(new Listener().as('gone')))[Symbol.asyncDispose]()
    await sql`update event_groups set seen_at = ${new Date(clock.now())}`.execute(test.db.query)
    const listener = new Listener()
    await sweeping.subscribe(listener.as('g'))
    await old(1)
    clock.advance(2 * 3_600_000)
    await old(2)
    await sweeping.drain()
    await pause(50)
    expect(await count('events')).toBe(6)
    clock.advance(8 * DAY - 2 * 3_600_000)
    await until(async () => (await count('event_groups')) === 1)
    await until(async () => (await count('events')) === 0)
    expect(listener.heard).toHaveLength(6)
    await sweeping[Symbol.asyncDispose]()
  })

  it('goes on in a new cluster, where transactions are numbered from the start again', async () => {
    const posts = newPosts(4)
    const subscription = await log.subscribe(new Listener().as('g'))
    await append(...posts.map((post) => like(post, 1)))
    await log.drain()
    await subscription[Symbol.asyncDispose]()
    await append(...posts.map((post) => like(post, 2)))
    await sql`update events set xid = (xid::text::bigint + 1000000000)::text::xid8`.execute(test.db.query)
    await sql`update event_cursors set xid = (xid::text::bigint + 1000000000)::text::xid8`.execute(
      test.db.query,
    )
    const restored = await openLog(test.db)
    await test.db.tx((tx) =>
      restored.outbox.append(
        tx,
        posts.map((post) => like(post, 3)),
      ),
    )
    const listener = new Listener()
    await restored.subscribe(listener.as('g'))
    await restored.drain()
    for (const post of posts) expect(listener.of(post)).toEqual([2, 3])
    await restored[Symbol.asyncDispose]()
  })

  it('loses nothing when a process is killed in the middle of its work, and tells twice only what it had not noted', async () => {
    const child = listenInChild(test.url)
    const told: string[] = []
    child.stdout?.on('data', (lines: Buffer) => told.push(...lines.toString().trim().split('\n')))
    await until(() => told.includes('ready'))
    const posts = newPosts(10)
    const keys = (n: number) => posts[n % 10] as PostId
    for (const n of upTo(100)) await append(like(keys(n), n))
    const notNoted = async () => (await log.backlog()).find(({ group }) => group === 'g')?.waiting ?? 0
    await until(async () => (await notNoted()) < 100)
    for (const n of upTo(50)) await append(like(keys(n), 100 + n))
    await until(() => told.length > 110)
    const most = await notNoted()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const heir = new Listener()
    await log.subscribe(heir.as('g'))
    await append(like(keys(0), 1000))
    await log.drain()
    const byChild = new Set(told)
    const { rows } = await sql<{ ids: string[] }>`
      select array_agg(seq::text order by seq) as ids from events`.execute(test.db.query)
    const ids = rows[0]?.ids ?? []
    expect(ids.filter((id) => !byChild.has(id) && !heir.heard.some((event) => event.id === id))).toEqual([])
    for (const post of posts) expect(heir.of(post)).toEqual(heir.of(post).toSorted((a, b) => a - b))
    expect(heir.heard.filter((event) => byChild.has(event.id)).length).toBeLessThanOrEqual(most)
  })
})

/** A process of its own that writes down what it is told. */
function listenInChild(url: string): ChildProcess {
  const script = `
    import { openPostgres } from '${new URL('../../db/postgres/db.ts', import.meta.url).href}'
    import { openLog } from '${new URL('./opened.suite.ts', import.meta.url).href}'
    const log = await openLog(openPostgres({ url: ${JSON.stringify(url)}, pool: 2 }))
    const handle = async (event) => { console.log(event.id) }
    await log.subscribe({ group: 'g', types: ['post.liked'], handle })
    console.log('ready')`
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
