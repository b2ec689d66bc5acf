import { TintypeError } from '@tintype/contract'
import { sql } from 'kysely'
import type { Clock } from '../../../kit/clock.ts'
import { newId } from '../../../kit/ids.ts'
import type { PostgresDb, Tx } from '../../db/port.ts'
import { editsFor, headOf, isForgivable } from '../forgiving.ts'
import type {
  DocumentRef,
  Generation,
  Hit,
  Match,
  SearchDocument,
  SearchIndex,
  SearchQuery,
  WantedRun,
} from '../port.ts'
import { editsBetween, editsToBeginning, piecesNear, piecesOf } from './fuzzy.ts'
import { type FoundRow, limitFor, otherOf, type Slot, type Statements, statementsFor } from './statements.ts'
import { fuzzyTemplate, templatesOf, tierOf, vectorOf, wordOf } from './terms.ts'

/** Documents in one statement. */
const CHUNK = 500
/** Words that a mistyped one is taken for. */
const MEANT = 10
/** An index of some ten million documents. */
const INDEXES_MS = 3600_000
/** After every word that begins so. */
const LAST = '\u{10ffff}'

type Written = Omit<SearchDocument, 'whole' | 'title' | 'text'> & { terms: string; removed_at: Date | null }
/** By kind, and by what is counted of it. */
type Changes = Map<string, Map<string, number>>

/**
 * Two sets of tables, of which one answers: a new generation is written into the other. Every write locks the row that says which is
 * which against change, so a generation begins, and takes over, between writes; every query says what it took for the one that answers.
 */
export function openPostgresSearchIndex(deps: { db: PostgresDb; clock: Clock }): SearchIndex {
  return new PostgresSearchIndex(deps)
}

class PostgresSearchIndex implements SearchIndex {
  readonly #db: PostgresDb
  readonly #clock: Clock
  readonly #slots: Record<Slot, Statements> = { a: statementsFor('a'), b: statementsFor('b') }
  /** What answered last. */
  #live: Slot = 'a'

  constructor({ db, clock }: { db: PostgresDb; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  async index(documents: readonly SearchDocument[]): Promise<void> {
    await this.#write(documents.map(writtenOf), async (tx) => {
      const { live, building } = await lockState(tx)
      return building === null ? [live] : [live, otherOf(live)]
    })
  }

  async remove(documents: readonly (DocumentRef & { version: number })[]): Promise<void> {
    const gone = { owner: '', is_open: false, rank: 0, terms: '', removed_at: new Date(this.#clock.now()) }
    await this.#write(
      documents.map((document) => ({ ...document, ...gone })),
      async (tx) => {
        const { live, building } = await lockState(tx)
        return building === null ? [live] : [live, otherOf(live)]
      },
    )
  }

  async #write(documents: readonly Written[], slotsOf: (tx: Tx) => Promise<Slot[]>): Promise<void> {
    // Of one document's versions the highest: a statement writes a row once.
    const newest = new Map<string, Written>()
    for (const one of documents) {
      const key = `${one.kind} ${one.id}`
      if ((newest.get(key)?.version ?? Number.NEGATIVE_INFINITY) < one.version) newest.set(key, one)
    }
    const all = [...newest.values()]
    for (let at = 0; at < all.length; at += CHUNK) {
      const chunk = all.slice(at, at + CHUNK)
      await this.#db.tx(async (tx) => {
        for (const slot of await slotsOf(tx)) await writeChunk(tx, this.#slots[slot], chunk)
      })
    }
  }

  async query(query: SearchQuery): Promise<Hit[]> {
    if (query.wanted.length === 0 || query.limit <= 0) return []
    const templates = templatesOf(query)
    const well = query.after?.match === 'fuzzy' ? [] : await this.#find(query, templates, [])
    if (well.length >= query.limit || !query.wanted.some(isForgivable)) return well
    const template = await this.#fuzzy(query)
    if (template === undefined) return well
    const after = query.after?.match === 'fuzzy' ? query.after : undefined
    const rest = { ...query, after, limit: query.limit - well.length }
    return [...well, ...(await this.#find(rest, new Map([['fuzzy', template]]), [...templates.values()]))]
  }

  async #find(
    query: SearchQuery,
    templates: ReadonlyMap<Match, string>,
    better: readonly string[],
  ): Promise<Hit[]> {
    const { kind, limit, isOpen = false, after, owners } = query
    const all = [...templates.values()]
    const parameters = [
      kind,
      [...templates.keys()],
      all,
      all.map((_, at) => [...better, ...all.slice(0, at)].join(' | ') || null),
      isOpen,
      after?.match ?? null,
      after?.rank ?? null,
      after?.id ?? null,
    ]
    const size = limitFor(limit)
    const rows = await this.#ask((statements) =>
      owners === undefined
        ? statements.query[size](this.#db.query, ...parameters)
        : statements.queryOwners[size](this.#db.query, ...parameters, owners),
    )
    return rows
      .filter((row) => row.match !== null)
      .slice(0, limit)
      .map(({ match, id, rank, owner }) => ({ match: match as Match, id, rank, owner }))
  }

  /** Asks the tables that answer; those that do not any more say so. */
  async #ask(question: (statements: Statements) => Promise<FoundRow[]>): Promise<FoundRow[]> {
    for (;;) {
      const asked = this.#live
      const rows = await question(this.#slots[asked])
      const live = rows[0]?.live ?? asked
      if (live === asked) return rows
      this.#live = live
    }
  }

  /** Undefined where nothing else can be meant. */
  async #fuzzy(query: SearchQuery): Promise<string | undefined> {
    const { kind, wanted } = query
    const unknown = wanted.length === 1 ? wanted : await this.#unknown(kind, wanted)
    if (!unknown.some(isForgivable)) return undefined
    const meant = await Promise.all(
      wanted.map((one) => (unknown.includes(one) && isForgivable(one) ? this.#meant(kind, one) : [])),
    )
    return meant.some((words) => words.length > 0) ? fuzzyTemplate(query, meant) : undefined
  }

  /** Those that are nobody's word, nor the beginning of one where they are only begun. */
  async #unknown(kind: string, wanted: readonly WantedRun[]): Promise<WantedRun[]> {
    const words = wanted.map(({ run }) => run[0] ?? '')
    const ends = wanted.map(({ run, isPrefix }) => (run[0] ?? '') + (isPrefix ? LAST : ''))
    const rows = await this.#slots[this.#live].wordsKnown(this.#db.query, kind, words, ends)
    const known = new Set(rows.map((row) => row.word))
    return wanted.filter(({ run: [word = ''] }) => !known.has(word))
  }

  /** The words nearest to one as it was typed, the most used first. */
  async #meant(kind: string, { run: [typed = ''], isPrefix }: WantedRun): Promise<string[]> {
    const { wordsNear, wordsBegun } = this.#slots[this.#live]
    const letters = [...typed]
    const allowed = editsFor(letters.length)
    const head = letters.slice(0, headOf(letters.length)).join('')
    const [near, begun] = await Promise.all([
      wordsNear(this.#db.query, kind, `{${piecesNear(typed).join(',')}}`, typed),
      isPrefix && letters.length > 3
        ? wordsBegun(this.#db.query, kind, head, head + LAST, typed, letters.length)
        : [],
    ])
    const edits = new Map<string, { edits: number; documents: number }>()
    for (const { word, documents } of near) edits.set(word, { edits: editsBetween(typed, word), documents })
    for (const { word, documents } of begun) {
      const least = Math.min(
        edits.get(word)?.edits ?? Number.POSITIVE_INFINITY,
        editsToBeginning(typed, word),
      )
      edits.set(word, { edits: least, documents })
    }
    return [...edits]
      .filter(([, found]) => found.edits <= allowed)
      .sort(([, one], [, other]) => one.edits - other.edits || other.documents - one.documents)
      .slice(0, MEANT)
      .map(([word]) => word)
  }

  async rebuild(): Promise<Generation> {
    const generation = newId()
    const slot = await this.#db.tx(async (tx) => {
      const { live } = await lockState(tx, 'update')
      await clear(tx, otherOf(live))
      // Nobody looks for anything there until it is whole: made at once they take a tenth of the time.
      for (const index of indexesOf(otherOf(live)))
        await sql`drop index if exists ${sql.table(index.name)}`.execute(tx)
      await sql`update search_state set building = ${generation}::uuid`.execute(tx)
      return otherOf(live)
    })
    const assertBuilding = async (tx: Tx, lock: 'share' | 'update') => {
      if ((await lockState(tx, lock)).building !== generation) throw new TintypeError('conflict')
    }
    return {
      index: (documents) =>
        this.#write(documents.map(writtenOf), async (tx) => {
          await assertBuilding(tx, 'share')
          return [slot]
        }),
      commit: async () => {
        await this.#makeIndexes(slot)
        await this.#db.tx(async (tx) => {
          await assertBuilding(tx, 'update')
          await sql`update search_state set live = ${slot}::"char", building = null`.execute(tx)
        })
        await this.#db.tx((tx) => clear(tx, otherOf(slot)))
      },
      [Symbol.asyncDispose]: async () => {
        await sql`update search_state set building = null where building = ${generation}::uuid`.execute(
          this.#db.query,
        )
      },
    }
  }

  /** Beside the writes that go on meanwhile; for a million documents it takes longer than any other statement may. */
  async #makeIndexes(slot: Slot): Promise<void> {
    await using session = this.#db.ownSession({
      name: 'tintype search',
      settings: ['maintenance_work_mem=256MB'],
      onLost: () => {},
      statementTimeoutMs: INDEXES_MS,
    })
    for (const { name, table, column } of indexesOf(slot)) {
      await sql`
        create index concurrently if not exists ${sql.table(name)} on ${sql.table(table)}
        using gin (${sql.ref(column)}) with (fastupdate = off)`.execute(session.query)
    }
  }

  async generation(): Promise<string> {
    return 'postgres'
  }

  async sweep(olderThan: number): Promise<void> {
    const before = new Date(this.#clock.now() - olderThan * 1000)
    for (const slot of ['a', 'b'] as const) await this.#slots[slot].sweep(this.#db.query, before)
  }

  ping(): Promise<void> {
    return this.#db.ping()
  }

  async [Symbol.asyncDispose]() {}
}

const writtenOf = ({ whole, title, text, ...document }: SearchDocument): Written => ({
  ...document,
  terms: vectorOf({ ...document, whole, title, text }),
  removed_at: null,
})

async function lockState(tx: Tx, lock: 'share' | 'update' = 'share') {
  const { rows } = await sql<{ live: Slot; building: string | null }>`
    select live::text as live, building from search_state for ${sql.raw(lock)}`.execute(tx)
  const [state] = rows
  if (!state) throw new Error('search_state has no row')
  return state
}

/** The large ones, as the migration makes them. */
const indexesOf = (slot: Slot) => [
  { name: `search_documents_${slot}_terms`, table: `search_documents_${slot}`, column: 'terms' },
  { name: `search_words_${slot}_pieces`, table: `search_words_${slot}`, column: 'pieces' },
]

async function clear(tx: Tx, slot: Slot): Promise<void> {
  await sql`truncate ${sql.join(
    ['documents', 'tiers', 'words'].map((table) => sql.table(`search_${table}_${slot}`)),
  )}`.execute(tx)
}

async function writeChunk(tx: Tx, statements: Statements, chunk: readonly Written[]): Promise<void> {
  const column = <K extends keyof Written>(name: K) => chunk.map((one) => one[name])
  const written = await statements.write(
    tx,
    column('kind'),
    column('id'),
    column('version'),
    column('owner'),
    column('is_open'),
    column('rank'),
    column('terms'),
    column('removed_at'),
  )
  const before = new Map(written.map((row) => [`${row.kind} ${row.id}`, row]))
  const tiers: Changes = new Map()
  const words: Changes = new Map()
  for (const { kind, id, rank, terms, removed_at } of chunk) {
    const was = before.get(`${kind} ${id}`)
    if (!was) continue
    if (was.rank_before !== null) count(tiers, kind, String(tierOf(was.rank_before)), -1)
    if (removed_at === null) count(tiers, kind, String(tierOf(rank)), 1)
    for (const word of new Set((was.before ?? []).map(wordOf))) if (word) count(words, kind, word, -1)
    for (const word of wordsOf(terms)) count(words, kind, word, 1)
  }
  await countChanges(tx, statements, tiers, words)
}

async function countChanges(tx: Tx, statements: Statements, tiers: Changes, words: Changes): Promise<void> {
  const changes = rowsOf(tiers)
  if (changes.length > 0) await statements.countTiers(tx, ...columnsOf(changes))
  const added = rowsOf(words).filter(([, , change]) => change > 0)
  const pieces = added.map(([, word]) => piecesOf(word))
  const isPieced = (_: unknown, at: number) => (pieces[at]?.length ?? 0) > 0
  if (added.some(isPieced))
    await statements.addWords(
      tx,
      ...columnsOf(added.filter(isPieced)),
      pieces.filter(isPieced).map((numbers) => `{${numbers.join(',')}}`),
    )
  const dropped = rowsOf(words).filter(([, , change]) => change < 0)
  if (dropped.length > 0)
    await statements.dropWords(
      tx,
      ...columnsOf(dropped.map(([kind, word, change]) => [kind, word, -change] as const)),
    )
}

/** Of a tsvector's text as `vectorOf` writes it. */
function wordsOf(terms: string): Set<string> {
  const words = new Set<string>()
  for (const [, lexeme = ''] of terms.matchAll(/'((?:[^']|'')*)'/g)) {
    const word = wordOf(lexeme.replaceAll("''", "'").replaceAll('\\\\', '\\'))
    if (word) words.add(word)
  }
  return words
}

function count(changes: Changes, kind: string, what: string, by: number): void {
  const counted = changes.get(kind) ?? new Map<string, number>()
  changes.set(kind, counted.set(what, (counted.get(what) ?? 0) + by))
}

type Row = readonly [kind: string, what: string, change: number]
const rowsOf = (changes: Changes): Row[] =>
  [...changes].flatMap(([kind, counted]) =>
    [...counted].filter(([, by]) => by !== 0).map(([what, by]) => [kind, what, by] as const),
  )
const columnsOf = (rows: readonly Row[]) => [
  rows.map((row) => row[0]),
  rows.map((row) => row[1]),
  rows.map((row) => row[2]),
]
