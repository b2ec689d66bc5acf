import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Authenticated, type PostId, TintypeError } from '@tintype/contract'
import { Person } from '@tintype/testkit'
import { ServerHome, type ServerProcess } from '@tintype/testkit/server-process'
import { openSql } from '@tintype/testkit/sql'
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest'

/**
 * PostgreSQL is killed under a server of two processes while members write: its sessions one by one (each takes all connections down),
 * and the whole of it. `KILLS=200` for the long run.
 */
const KILLS = Number(process.env.KILLS ?? 4)
const BACK_MS = 10_000
/** The embedded PostgreSQL is started again three times in a minute at most. */
const BETWEEN_POSTMASTERS_MS = KILLS > 10 ? 21_000 : 0
/** How long a process may believe a token that another has ended (docs/decisions/0003-sessions-and-tokens.md), and a look-up. */
const WINDOW_MS = 6500
/** No request may take longer; the longest wait in the server is that for a connection. */
const HUNG_MS = 20_000

let home: ServerHome
let server: ServerProcess
let person: Person
let post_id: PostId

beforeAll(async () => {
  home = await ServerHome.make()
  server = await home.start({ WORKERS: '2' })
  post_id = (await (await Person.register(server.url, 'ana')).share()).post_id
  person = await Person.register(server.url, 'ben')
  // Nobody but its author sees a post whose picture is still being made.
  await vi.waitFor(() => person.post(post_id), { timeout: 60_000, interval: 50 })
}, 180_000)
afterAll(() => home?.[Symbol.asyncDispose](), 60_000)

const never = (ms: number) => new Promise<'hung'>((resolve) => setTimeout(resolve, ms, 'hung').unref())
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Comments as fast as they are answered. */
class Writers {
  readonly acknowledged = new Set<string>()
  readonly unknown = new Set<string>()
  readonly foreseen: unknown[] = []
  hung = 0
  #isOver = false
  #lanes: Promise<void>[]

  constructor(lanes: number) {
    this.#lanes = Array.from({ length: lanes }, () => this.#write())
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#lanes)
  }

  async #write(): Promise<void> {
    while (!this.#isOver) {
      const text = `said ${randomUUID()}`
      const outcome = await Promise.race([
        person.comment({ post_id }, text).then(
          () => 'done' as const,
          (error: unknown) => {
            if (!(error instanceof TintypeError && error.code === 'unavailable')) this.foreseen.push(error)
            return 'refused' as const
          },
        ),
        never(HUNG_MS),
      ])
      if (outcome === 'hung') this.hung++
      if (outcome === 'done') this.acknowledged.add(text)
      else this.unknown.add(text)
      await pause(outcome === 'done' ? 2 : 20)
    }
  }
}

/** A session more; tried again, as the server may be busy with the last kill. */
async function newSession(): Promise<Authenticated> {
  const again = new Person(server.url, 'ben')
  await vi.waitFor(() => again.logIn(), { timeout: 30_000, interval: 50 })
  return again.session
}

/** 0 where no answer comes. */
const statusOf = (path: string, headers = {}): Promise<number> =>
  fetch(`${server.url}${path}`, { headers, signal: AbortSignal.timeout(HUNG_MS) }).then(
    ({ status }) => status,
    () => 0,
  )

/** Ends a session until that is acknowledged; answers how many replies after the window still took its token for good. */
async function endSession(session: Authenticated): Promise<number> {
  const ended = new Person(server.url, 'ben', session)
  while (
    !(await ended.api.accounts.logout().then(
      () => true,
      () => false,
    ))
  )
    await pause(20)
  const until = performance.now() + WINDOW_MS
  while (performance.now() < until) await pause(50)
  let taken = 0
  for (let n = 0; n < 8; n++) {
    const headers = { authorization: `Bearer ${session.access_token}`, connection: 'close' }
    if ((await statusOf('/api/v1/users/me', headers)) === 200) taken++
  }
  return taken
}

const postmaster = async () =>
  Number((await readFile(join(home.dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

/** One of the server's sessions, whatever it does. */
async function backend(): Promise<number> {
  const sql = openSql(await home.databaseUrl(), { max: 1 })
  try {
    const rows = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name like 'tintype%' order by random() limit 1`
    if (!rows[0]) throw new Error('the server has no session')
    return rows[0].pid
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Milliseconds until a write is taken and all engines are well again. */
async function back(since: number): Promise<number> {
  for (;;) {
    const wrote = await Promise.race([
      person.comment({ post_id }, `back ${randomUUID()}`).then(
        () => true,
        () => false,
      ),
      never(BACK_MS),
    ])
    const ready = wrote === true && (await statusOf('/ready')) === 200
    const took = performance.now() - since
    if (ready || took > 3 * BACK_MS) return took
    await pause(10)
  }
}

test(
  'killed PostgreSQL: back soon, nothing acknowledged is lost, nothing lost is acknowledged, nothing hangs',
  async () => {
    onTestFailed(() => console.log(server.said().slice(-5000)))
    const writers = new Writers(6)
    const took: number[] = []
    const sessions: Promise<number>[] = []
    let last = Number.NEGATIVE_INFINITY
    let postmasters = 0
    for (let n = 0; n < KILLS; n++) {
      const session = await newSession()
      const isWhole = n % 4 === 3 && performance.now() - last > BETWEEN_POSTMASTERS_MS
      const victim = isWhole
        ? await postmaster()
        : await vi.waitFor(backend, { timeout: 10_000, interval: 50 })
      const at = performance.now()
      process.kill(victim, 'SIGKILL')
      if (isWhole) {
        last = at
        postmasters++
      }
      sessions.push(endSession(session))
      took.push(await back(at))
      if (KILLS > 10 && n % 10 === 9)
        console.log(n + 1, 'kills,', postmasters, 'of them whole;', summary(took, writers))
    }
    await writers.stop()
    const taken = await Promise.all(sessions)
    const sql = openSql(await home.databaseUrl(), { max: 1 })
    const rows = await sql<
      { text: string; n: number }[]
    >`select text, count(*)::int as n from comments group by text`
    await sql.end()
    const stored = new Map(rows.map(({ text, n }) => [text, n]))
    if (KILLS > 10)
      console.log(
        summary(took, writers),
        'stored of the unknown',
        [...writers.unknown].filter((text) => stored.has(text)).length,
      )
    expect([...writers.acknowledged].filter((text) => stored.get(text) !== 1)).toEqual([])
    expect(rows.filter(({ n }) => n > 1)).toEqual([])
    expect([writers.hung, writers.foreseen, taken.filter((n) => n > 0)]).toEqual([0, [], []])
    expect(Math.max(...took)).toBeLessThan(BACK_MS)
    expect(writers.acknowledged.size).toBeGreaterThan(10 * KILLS)
  },
  KILLS * 30_000 + 60_000,
)

function summary(took: number[], { acknowledged, unknown, hung }: Writers): string {
  const sorted = took.toSorted((a, b) => a - b).map(Math.round)
  const median = sorted[Math.floor(sorted.length / 2)]
  return `back in ${median} ms (median), ${sorted.at(-1)} at most; ${acknowledged.size} acknowledged, ${unknown.size} not, ${hung} hung`
}
