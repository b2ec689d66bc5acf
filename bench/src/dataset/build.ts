import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbedded } from '@tintype/server/engines/db/embedded/embedded'
import { migrate, migrationChecksums } from '@tintype/server/engines/db/postgres/migrate'
import { createVault, type Vault } from '@tintype/server/kit/vault'
import { keepSecret } from '@tintype/server/lifecycle/secret'
import { openSql } from '@tintype/testkit/sql'
import type { Sql } from 'postgres'
import { endsWithBench } from '../servers/ending.ts'
import { changes, filled, floors, type Step, staging, timelines } from './derived.ts'
import { withoutIndexes } from './indexes.ts'
import { remarks } from './people.ts'
import { type Edges, type Plan, planOf } from './plan.ts'
import { copyEdges, copyMembers, copyPosts } from './rows.ts'
import type { Size } from './sizes.ts'

/** What is known of a data set without asking its database. */
export interface Manifest {
  size: Size
  /** Milliseconds since 1970: what the plan was made for. */
  now: number
  /** Of what it was made from; where that differs, it is made anew. */
  fingerprint: string
  /** Hashes of the server's migrations that it was made with; later ones are applied when the server starts. */
  migrations: Record<string, string>
  /** Rows by table. */
  rows: Record<string, number>
  /** Bytes of the database. */
  bytes: number
  /** Seconds by step. */
  seconds: Record<string, number>
}

const KEPT = 800
const manifestFile = (dir: string) => join(dir, 'dataset.json')

/** Sees that the data directory holds the data set, as the code of today would make it. */
export async function ensureDataset(
  dir: string,
  size: Size,
  options: { edges?: Edges; rebuild?: boolean; tell(line: string): void },
): Promise<Manifest> {
  const fingerprint = fingerprintOf(size, options.edges)
  const known = await readFile(manifestFile(dir), 'utf8').then(
    (text) => JSON.parse(text) as Manifest,
    () => undefined,
  )
  if (!options.rebuild && known?.fingerprint === fingerprint && (await standsOnToday(known))) return known
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true, mode: 0o711 })
  options.tell(`Making data set ${size.name} in ${dir} …`)
  const plan = planOf(size, Date.now(), options.edges)
  const manifest = await build(dir, plan, fingerprint, options.tell)
  await writeFile(manifestFile(dir), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

async function build(
  dir: string,
  plan: Plan,
  fingerprint: string,
  tell: (line: string) => void,
): Promise<Manifest> {
  const server = await startEmbedded({ dir, durable: false })
  const ended = endsWithBench(() => server.stop())
  const sql = openSql(server.url, { max: 1 })
  const seconds: Record<string, number> = {}
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    seconds[name] = Math.round((performance.now() - started) / 100) / 10
    tell(`  ${name}: ${seconds[name]} s`)
  }
  try {
    await migrate(server.url)
    await fill(sql, plan, { timed, vault: createVault(await keepSecret(dir)) })
    const rows = await countRows(sql)
    const [{ bytes } = { bytes: 0 }] = await sql`select pg_database_size(current_database())::float8 as bytes`
    return {
      size: plan.size,
      now: plan.now,
      fingerprint,
      migrations: await migrationChecksums(),
      rows,
      bytes,
      seconds,
    }
  } finally {
    await sql.end()
    await server.stop()
    ended()
  }
}

type Timed = (name: string, work: () => Promise<unknown>) => Promise<void>

async function fill(sql: Sql, plan: Plan, { timed, vault }: { timed: Timed; vault: Vault }): Promise<void> {
  const { size, now } = plan
  await sql.unsafe(`set work_mem = '512MB'; set maintenance_work_mem = '1GB'; set synchronous_commit = off`)
  await sql.unsafe(staging)
  await sql.unsafe(`create table bench.remark as select (n - 1)::int as r, text
    from unnest(array[${remarks.map((text) => `'${text.replaceAll("'", "''")}'`).join(',')}]) with ordinality x (text, n)`)
  const indexes = await withoutIndexes(sql, filled)
  await timed('members', () => copyMembers(sql, plan, vault))
  await timed('edges', async () => {
    await copyEdges(sql, 'bench.edge', plan.follows)
    await copyEdges(sql, 'bench.block', plan.blocks)
    await copyEdges(sql, 'bench.mute', plan.mutes)
  })
  await timed('posts and pictures', () => copyPosts(sql, plan))
  const run = (step: Step) => timed(step.name, () => sql.unsafe(step.sql))
  for (const step of changes(size, now)) await run(step)
  await run(timelines(KEPT))
  await timed('indexes', () => indexes.restore())
  await run(floors(KEPT))
  await timed('statistics', () => sql.unsafe('vacuum (analyze)'))
  await sql.unsafe('checkpoint')
}

async function countRows(sql: Sql): Promise<Record<string, number>> {
  const found = await sql<{ name: string; count: number }[]>`
    select relname as name, sum(reltuples)::float8 as count from (
      select coalesce(p.relname, c.relname) as relname, c.reltuples from pg_class c
      left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace) x
    group by 1 having sum(reltuples) > 0 order by 2 desc`
  return Object.fromEntries(found.map(({ name, count }) => [name, count]))
}

/** Raised when the same plan would be written otherwise. */
const GENERATOR = 1

function fingerprintOf(size: Size, edges: Edges | undefined): string {
  const hash = createHash('sha256').update(JSON.stringify([GENERATOR, size]))
  if (edges) hash.update(edges.from).update(edges.to)
  return hash.digest('hex')
}

async function standsOnToday({ migrations }: Manifest): Promise<boolean> {
  const today = await migrationChecksums()
  return Object.entries(migrations).every(([name, hash]) => today[name] === hash)
}
