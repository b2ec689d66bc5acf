import { setTimeout as pause } from 'node:timers/promises'
import { urlOfRunning } from '@tintype/server/engines/db/embedded/running'
import { openSql } from '@tintype/testkit/sql'
import type { Sql } from 'postgres'
import type { Manifest } from './dataset/build.ts'
import type { Plan } from './dataset/plan.ts'
import { type Figures, metricsOf } from './figures.ts'
import { runLoad } from './load/index.ts'
import type { Ask, Expectation, Outcome, Traffic } from './load/job.ts'
import type { Options } from './options.ts'
import { between } from './servers/process-tree.ts'
import { type ReferenceOrder, startReference } from './servers/references.ts'
import { type Server, secretOf, startTintype } from './servers/tintype.ts'
import { type Viewer, Viewers } from './workloads/viewers.ts'

/** What a load needs beside its traffic; the rest is the stage's. */
export interface LoadOptions {
  connections: number
  rate?: number
  seconds?: number
  warmupSeconds?: number
  server?: Server
}

/** The server under test with its data set, and everything workloads do with it. */
export class Stage implements AsyncDisposable {
  readonly options: Options
  readonly plan: Plan
  readonly manifest: Manifest
  readonly figures: Figures
  readonly tell: (line: string) => void
  viewers: Viewers
  tintype: Server
  sql: Sql
  #run = 0

  private constructor(given: Given, running: Running) {
    this.options = given.options
    this.plan = given.plan
    this.manifest = given.manifest
    this.figures = given.figures
    this.tell = given.tell
    ;({ tintype: this.tintype, sql: this.sql, viewers: this.viewers } = running)
  }

  static async open(given: Given): Promise<Stage> {
    return new Stage(given, await start(given, {}))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sql.end({ timeout: 5 })
    await this.tintype[Symbol.asyncDispose]()
  }

  /** A fresh process on the same data. */
  async restart(env: Record<string, string> = {}): Promise<void> {
    await this[Symbol.asyncDispose]()
    ;({ tintype: this.tintype, sql: this.sql, viewers: this.viewers } = await start(this, env))
  }

  /** As many runs as asked for, each with a number of its own. */
  async runs(work: (run: number) => Promise<void>): Promise<void> {
    for (let i = 0; i < this.options.runs; i++) await work(++this.#run)
  }

  /** One run of a load, kept as a figure. */
  async measure(
    workload: string,
    name: string,
    traffic: readonly Traffic[],
    options: LoadOptions,
  ): Promise<Outcome> {
    const server = options.server ?? this.tintype
    // A reference that asks the database works in the database's processes too, which are below the server under test.
    const usages = () => [server, this.tintype].map((one) => one.usage())
    let before = usages()
    let after = before
    const outcome = await runLoad(
      {
        host: server.host,
        port: server.port,
        connections: options.connections,
        rate: options.rate,
        warmupSeconds: options.warmupSeconds ?? this.options.warmupSeconds,
        seconds: options.seconds ?? this.options.seconds,
        checkEvery: 50,
        traffic,
        seed: `${this.plan.size.seed}/${this.#run}/${name}`,
      },
      { onBegin: () => (before = usages()), onEnd: () => (after = usages()) },
    )
    const [own = {}, beside = {}] = before.map((usage, i) => between(usage, after[i] ?? usage))
    const { node: _, ...database } = beside
    const cpu = server === this.tintype ? own : { ...database, ...own }
    const metrics = metricsOf(outcome, cpu)
    this.figures.add(workload, name, metrics, outcome)
    this.tell(
      `  ${name}: ${Math.round(metrics.perSecond ?? 0)}/s, p99 ${outcome.latency.p99} ms, ${metrics.cpuMs?.toFixed(3)} CPU ms`,
    )
    return outcome
  }

  /** Work that counts for nothing, so that the code that serves it is compiled and caches are filled. */
  async exercise(traffic: readonly Traffic[], { host, port }: Server = this.tintype): Promise<void> {
    const seconds = this.options.quick ? this.options.seconds : 5
    const given = { host, port, connections: 16, warmupSeconds: 0, checkEvery: 1000 }
    await runLoad({ ...given, seconds, traffic, seed: 'exercise' })
  }

  /** A reference beside the server under test; see servers/references.ts. */
  async reference(kind: ReferenceOrder['kind']): Promise<Server> {
    const [viewer] = this.viewers.some('ordinary', 1)
    const body = viewer ? await this.get(viewer, '/api/v1/feed/home') : '{}'
    return startReference(kind, { body, databaseUrl: await urlOfRunning(this.options.dataDir) })
  }

  get({ token }: Viewer, path: string): Promise<string> {
    return this.ask({ method: 'GET', path, token })
  }

  async ask({ method, path, token }: Ask): Promise<string> {
    const answer = await fetch(`http://${this.tintype.host}:${this.tintype.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.text()
  }

  /** As after a lost connection: a process that may have missed news takes all it remembers for out of date. */
  async dropCaches(): Promise<void> {
    const ended = await this.sql.unsafe(`select pg_terminate_backend(pid), pid ${listeners}`)
    const isBack = async () => {
      const now = await this.sql.unsafe(`select pid ${listeners}`)
      return now.length > 0 && now.every(({ pid }) => !ended.some((one) => one.pid === pid))
    }
    while (!(await isBack())) await pause(10)
  }
}

/** The connections by which processes hear each other; the second condition is for servers of before they had a name. */
const listeners = `from pg_stat_activity
  where application_name = 'tintype listener' or (application_name = 'tintype' and query ilike 'listen %')`

interface Given {
  options: Options
  plan: Plan
  manifest: Manifest
  figures: Figures
  tell(line: string): void
}
interface Running {
  tintype: Server
  sql: Sql
  viewers: Viewers
}

async function start(
  { options, plan }: Pick<Given, 'options' | 'plan'>,
  env: Record<string, string>,
): Promise<Running> {
  const { dataDir, checkout } = options
  const celebrities = { CELEBRITY_FOLLOWERS: String(plan.size.celebrityFollowers) }
  const tintype = await startTintype({ dataDir, checkout, env: { ...celebrities, ...env } })
  const sql = openSql(await urlOfRunning(dataDir), { max: 2, connection: { application_name: 'bench' } })
  await sql.unsafe(visits)
  return { tintype, sql, viewers: new Viewers(plan, await secretOf(dataDir)) }
}

/**
 * When active members were here last, however old the data set is: an eighth within the hour (those are told of new posts at once), the
 * others up to twenty days ago.
 */
const visits = `update timelines set last_read_at = now() - interval '20 days' * power(bench.chance(uuid_hash_extended(user_id, 7)), 3)`

/** Traffic of one kind. */
export const only = (
  name: string,
  asks: readonly Ask[],
  expect: Expectation,
  order: Traffic['order'] = 'random',
): Traffic[] => [{ name, weight: 1, asks, order, expect }]
