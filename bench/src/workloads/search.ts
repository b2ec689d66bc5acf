import { urlOfRunning } from '@tintype/server/engines/db/embedded/running'
import { openPostgres } from '@tintype/server/engines/db/postgres/db'
import { openSearchIndex, searchIndexSettings } from '@tintype/server/engines/search-index/open'
import type { SearchDocument, SearchIndex } from '@tintype/server/engines/search-index/port'
import { systemClock } from '@tintype/server/kit/clock'
import { settingsReader } from '@tintype/server/kit/settings'
import { cutName, cutSearch, cutText, wholeName } from '@tintype/server/modules/search/cut'
import { memberRank, postRank } from '@tintype/server/modules/search/ranking'
import type { Sql } from 'postgres'
import type { Stage } from '../stage.ts'
import { mistyped, rolling, Words } from './search-words.ts'

const W = 'search'
/** Members, and as many posts. */
const sizes: Record<string, number> = { XS: 1000, S: 100_000, M: 1_000_000 }
const CHUNK = 2000
/** Connections of an API process. */
const POOL = 10
const QUERIES = 4000
const YEARS = 2 * 365 * 86_400_000

interface Plain {
  kind: string
  words: string
  rank: number
}
interface Ask {
  kind: string
  q: string
}

/** The index by itself, asked as the API asks it; beside it one table of the same texts, asked by ILIKE, and by ILIKE over trigrams;
 * and the same index in OpenSearch, where OPENSEARCH_URL names one. */
export async function search(stage: Stage): Promise<void> {
  const count = stage.options.quick ? 1000 : (sizes[stage.options.size.name] ?? 1000)
  await using db = openPostgres({ url: await urlOfRunning(stage.options.dataDir), pool: POOL })
  await using index = await openSearchIndex({ db, clock: systemClock })
  const settings = searchIndexSettings(settingsReader(process.env))
  const isBeside = settings.openSearch.nodes.length > 0
  await using beside = isBeside ? await openSearchIndex({ db, clock: systemClock, settings }) : undefined
  await build(stage, index, count)
  if (beside) await buildBeside(stage, beside, count)
  const asks = { autocomplete: asksFor('member', count), posts: asksFor('post', count) }
  await stage.runs(async () => {
    for (const [name, list] of Object.entries(asks))
      for (const clients of [1, 16])
        for (const [at, one] of [index, beside].entries())
          if (one)
            await measure(
              stage,
              `${at === 0 ? '' : 'OpenSearch: '}${name}, ${clients} client${clients > 1 ? 's' : ''}`,
              clients,
              list,
              (ask) => query(one, ask),
            )
    if (beside) await freshness(stage, beside)
    for (const way of ['ILIKE', 'pg_trgm'] as const) {
      await indexPlain(stage.sql, way === 'pg_trgm')
      for (const [name, list] of Object.entries(asks))
        await measure(stage, `reference: ${way}, ${name}, 1 client`, 1, list, (ask) =>
          askPlain(stage.sql, ask),
        )
    }
  })
}

const query = (index: SearchIndex, { kind, q }: Ask) =>
  index.query({ kind, ...cutSearch(q), isTitled: kind === 'post', isOpen: true, limit: 20 })

/** The same documents in the index that OPENSEARCH_URL names. */
async function buildBeside(stage: Stage, index: SearchIndex, count: number): Promise<void> {
  await using generation = await index.rebuild()
  const began = performance.now()
  let chunk: SearchDocument[] = []
  for (const { plain: _, ...document } of documents(count)) {
    if (chunk.push(document) < CHUNK) continue
    await generation.index(chunk)
    chunk = []
  }
  await generation.index(chunk)
  await generation.commit()
  const seconds = (performance.now() - began) / 1000
  const name = `OpenSearch: index of ${count} members and ${count} posts`
  stage.figures.add(W, name, { 'seconds to build': seconds, 'documents/s': (2 * count) / seconds })
  stage.tell(`  ${name}: ${Math.round(seconds)} s`)
}

/** From a batch as consumers write it to its being found. */
async function freshness(stage: Stage, index: SearchIndex): Promise<void> {
  const took: number[] = []
  const all = documents(1000)
  for (let n = 0; n < 100; n++) {
    const { value } = all.next()
    if (!value) break
    const { plain: _, ...document } = value
    const before = performance.now()
    await index.index([{ ...document, version: 2 + n }])
    took.push(performance.now() - before)
  }
  took.sort((a, b) => a - b)
  const metrics = { p50: took[took.length >> 1] ?? 0, p99: took.at(-1) ?? 0 }
  stage.figures.add(W, 'OpenSearch: written and found, ms', metrics)
  stage.tell(
    `  OpenSearch: written and found: p50 ${metrics.p50.toFixed(0)}, p99 ${metrics.p99.toFixed(0)} ms`,
  )
}

function* documents(count: number): Generator<SearchDocument & { plain: string }> {
  const roll = rolling('search/documents')
  const [names, words] = [namesOf(count), wordsOf(count)]
  for (let n = 0; n < count; n++) {
    const [first, last] = [names.pick(roll), names.pick(roll)]
    const [username, full] = [`${first}.${last}${n}`, `${first} ${last}`]
    const bio = sentence(words, roll, 4)
    yield {
      kind: 'member',
      id: `m${n}`,
      version: 1,
      whole: [wholeName(username), wholeName(full)],
      title: [...cutName(username), ...cutName(full)],
      text: cutText(bio),
      rank: memberRank({ followers: Math.min(count, 20 / roll() ** 1.1) }),
      owner: `m${n}`,
      is_open: true,
      plain: `${username} ${full} ${bio}`,
    }
  }
  const now = Date.UTC(2026, 0)
  for (let n = 0; n < count; n++) {
    const caption = sentence(words, roll, 4 + Math.floor(roll() * 14))
    const at = now - Math.floor(((count - n) / count) * YEARS)
    yield {
      kind: 'post',
      id: `p${String(n).padStart(9, '0')}`,
      version: 1,
      whole: [],
      title: cutText(caption),
      text: [],
      rank: postRank({ at, followers: 20 / roll() ** 1.1 }),
      owner: `m${Math.floor(roll() ** 2 * count)}`,
      is_open: roll() > 0.2,
      plain: caption,
    }
  }
}

const namesOf = (count: number) => new Words('search/names', Math.min(20_000, count))
const wordsOf = (count: number) => new Words('search/words', Math.min(60_000, count))

const sentence = (words: Words, roll: () => number, length: number): string =>
  Array.from({ length }, () => words.pick(roll)).join(' ')

async function build(stage: Stage, index: SearchIndex, count: number): Promise<void> {
  await stage.sql.unsafe(`
    drop table if exists bench.plain; create unlogged table bench.plain (kind text, words text, rank float8)`)
  await using generation = await index.rebuild()
  let [took, at] = [0, 0]
  let chunk: SearchDocument[] = []
  let plain: Plain[] = []
  const flush = async () => {
    const before = performance.now()
    await generation.index(chunk)
    took += performance.now() - before
    await stage.sql`insert into bench.plain select * from json_to_recordset(${JSON.stringify(plain)}::text::json)
      as p (kind text, words text, rank float8)`
    if (at % (CHUNK * 50) === 0) stage.tell(`  ${at} documents, ${Math.round(took / 1000)} s`)
    ;[chunk, plain] = [[], []]
  }
  for (const document of documents(count)) {
    const { plain: words, ...rest } = document
    chunk.push(rest)
    plain.push({ kind: rest.kind, words: words.toLowerCase(), rank: rest.rank })
    if (++at % CHUNK === 0) await flush()
  }
  await flush()
  await generation.commit()
  await stage.sql.unsafe('vacuum analyze')
  const [bytes] = await stage.sql`
    select sum(pg_total_relation_size(c.oid))::float8 / 1e6 as all,
      sum(pg_indexes_size(c.oid))::float8 / 1e6 as indexes, (select pg_table_size('bench.plain')::float8 / 1e6) as plain
    from pg_class c where c.relkind = 'r' and c.relname ~ '^search_(documents|words|tiers)_'`
  stage.figures.add(W, `index of ${count} members and ${count} posts`, {
    'seconds to build': took / 1000,
    'documents/s': (2 * count * 1000) / took,
    MB: bytes?.all ?? 0,
    'MB, of which indexes': bytes?.indexes ?? 0,
    'MB of the bare texts': bytes?.plain ?? 0,
  })
}

/** Half of one word that is being typed, the others of two; a tenth mistyped. */
function asksFor(kind: 'member' | 'post', count: number): Ask[] {
  const roll = rolling(`search/${kind}s wanted`)
  const words = kind === 'member' ? namesOf(count) : wordsOf(count)
  return Array.from({ length: QUERIES }, () => {
    const picked = words.pick(roll)
    const isTypo = roll() < 0.1 && [...picked].length > 4
    const last = isTypo ? mistyped(picked, roll) : begun(picked, roll)
    return { kind, q: roll() < 0.5 ? last : `${words.pick(roll)} ${last}` }
  })
}

/** As far as it was typed: two letters at least. */
const begun = (word: string, roll: () => number): string => {
  const letters = [...word]
  return letters.slice(0, 2 + Math.floor(roll() * (letters.length - 1))).join('')
}

async function indexPlain(sql: Sql, byTrigrams: boolean): Promise<void> {
  await sql.unsafe('create extension if not exists pg_trgm; drop index if exists bench.plain_trigrams')
  if (byTrigrams)
    await sql.unsafe('create index plain_trigrams on bench.plain using gin (words gin_trgm_ops)')
}

const askPlain = (sql: Sql, { kind, q }: Ask) => {
  const each = q.split(' ').map((word) => `%${word}%`)
  return sql`select rank from bench.plain where kind = ${kind} and words ilike all (${each}) order by rank desc limit 20`
}

/** Each client asks, and when it is answered asks again. */
async function measure(
  stage: Stage,
  name: string,
  clients: number,
  asks: readonly Ask[],
  ask: (ask: Ask) => Promise<unknown>,
): Promise<void> {
  const { seconds, warmupSeconds } = stage.options
  const took: number[] = []
  let [next, hits, failures] = [0, 0, 0]
  const from = performance.now() + warmupSeconds * 1000
  const client = async () => {
    for (;;) {
      const began = performance.now()
      if (began > from + seconds * 1000) return
      const found = await ask(asks[next++ % asks.length] as Ask).catch(() => undefined)
      if (began < from) continue
      if (!Array.isArray(found)) {
        failures++
        continue
      }
      took.push(performance.now() - began)
      hits += found.length
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0
  const metrics = {
    perSecond: took.length / seconds,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    'hits each': hits / Math.max(1, took.length),
    failures,
  }
  stage.figures.add(W, name, metrics)
  stage.tell(
    `  ${name}: ${Math.round(metrics.perSecond)}/s, p50 ${metrics.p50.toFixed(1)}, p99 ${metrics.p99.toFixed(1)} ms, ${failures} failed`,
  )
}
