import { editsFor, headOf, isForgivable } from '../forgiving.ts'
import { type Match, matches, type Place, type SearchQuery, type WantedRun } from '../port.ts'
import { BEGINNING, clean, runText } from './mapping.ts'

/** Words that a mistyped one is taken for, of each kind of being near. */
const MEANT = 20

/** A query of OpenSearch's language. */
export type Clause = Record<string, unknown>

const all = (clauses: Clause[]): Clause => ({ bool: { filter: clauses } })
const any = (clauses: Clause[]): Clause => ({ bool: { should: clauses } })

type Field = 'title' | 'text'

/** One search: documents that match in this way and in none better, in order. */
export interface Level {
  match: Match
  clause: Clause
  better: Clause[]
}

/** For each way to match its search, best first; all but `fuzzy`. */
export function levelsOf(query: SearchQuery): Level[] {
  const { kind, whole, wanted, isTitled } = query
  const named: Clause = { term: { [`whole.${kind}`]: clean(whole) } }
  const exact = all(wanted.map(({ run }) => runClause(kind, 'title', { run, isPrefix: false })))
  const prefix = all(wanted.map((one) => runClause(kind, 'title', one)))
  const levels: Level[] = whole === '' ? [] : [{ match: 'whole', clause: named, better: [] }]
  const better = whole === '' ? [] : [named]
  levels.push({ match: 'exact', clause: exact, better })
  if (wanted.some(({ isPrefix }) => isPrefix))
    levels.push({ match: 'prefix', clause: prefix, better: [...better, exact] })
  if (!isTitled) levels.push({ match: 'text', clause: anywhere(query), better: [...better, prefix] })
  return levels
}

/** With the runs at these places taken for mistyped. */
export function fuzzyLevel(query: SearchQuery, mistyped: ReadonlySet<WantedRun>): Level {
  const clause = all(
    query.wanted.map((one) =>
      mistyped.has(one) && isForgivable(one)
        ? any([somewhere(query, one), ...fieldsOf(query).flatMap((field) => nearOf(query.kind, field, one))])
        : somewhere(query, one),
    ),
  )
  const [named] = query.whole === '' ? [] : levelsOf(query)
  return { match: 'fuzzy', clause, better: [...(named ? [named.clause] : []), anywhere(query)] }
}

/** Behind the place, if the search goes on from one; undefined where all that stands behind it matches worse. */
export function placed({ match }: Level, after: Place | undefined): 'all' | 'rest' | undefined {
  if (!after) return 'all'
  const [here, there] = [matches.indexOf(match), matches.indexOf(after.match)]
  return here > there ? 'all' : here === there ? 'rest' : undefined
}

/** Documents of a level behind `after`, at most `limit`. */
export function searchBody(query: SearchQuery, { clause, better }: Level, after?: Place): Clause {
  const { kind, owners, isOpen, limit } = query
  return {
    size: limit,
    _source: false,
    track_total_hits: false,
    docvalue_fields: ['owner'],
    sort: [{ kind: 'asc' }, { rank: 'desc' }, { id: 'desc' }],
    ...(after && { search_after: [kind, after.rank, after.id] }),
    query: {
      bool: {
        filter: [
          clause,
          ...(owners ? [{ terms: { owner: owners } }] : []),
          ...(isOpen ? [{ term: { is_open: true } }] : []),
          // Also what is passed over would be looked at otherwise.
          ...(after ? [{ range: { rank: { lte: after.rank } } }] : []),
        ],
        must_not: better,
      },
    },
  }
}

/** Whether any document has the run. */
export const knownBody = (query: SearchQuery, one: WantedRun): Clause => ({
  size: 0,
  terminate_after: 1,
  track_total_hits: 1,
  query: { bool: { filter: [somewhere(query, one)] } },
})

const fieldsOf = ({ isTitled }: SearchQuery): Field[] => (isTitled ? ['title'] : ['title', 'text'])
const anywhere = (query: SearchQuery): Clause => all(query.wanted.map((one) => somewhere(query, one)))
const somewhere = (query: SearchQuery, one: WantedRun): Clause =>
  any(fieldsOf(query).map((field) => runClause(query.kind, field, one)))

function runClause(
  kind: string,
  field: Field,
  { run, isPrefix }: Pick<WantedRun, 'run' | 'isPrefix'>,
): Clause {
  const name = `${field}.${kind}`
  const [word = ''] = run
  if (run.length === 1)
    return isPrefix ? { prefix: { [name]: clean(word) } } : { term: { [name]: clean(word) } }
  return isPrefix
    ? { match_phrase_prefix: { [name]: { query: runText(run), max_expansions: 1000 } } }
    : { match_phrase: { [name]: runText(run) } }
}

/** Words that are nearly the one that was typed; where it is only begun, also those with nearly such a beginning. */
function nearOf(kind: string, field: Field, { run: [typed = ''], isPrefix }: WantedRun): Clause[] {
  const name = `${field}.${kind}`
  const { length } = [...typed]
  const edits = editsFor(length)
  const near = { value: clean(typed), fuzziness: edits, max_expansions: MEANT }
  const begun = isPrefix && length > 3 && length <= BEGINNING
  return [
    { fuzzy: { [name]: { ...near, fuzziness: 1 } } },
    // With the first letter right: else nearly all words there are would be looked at, a third of a search's cost.
    ...(edits === 2 ? [{ fuzzy: { [name]: { ...near, prefix_length: 1 } } }] : []),
    ...(begun ? [{ fuzzy: { [`${name}._index_prefix`]: { ...near, prefix_length: headOf(length) } } }] : []),
  ]
}
