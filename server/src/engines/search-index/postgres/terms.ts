import type { Match, Run, SearchDocument, SearchQuery, WantedRun } from '../port.ts'

/**
 * How documents and queries are written for PostgreSQL. A lexeme is the kind and tier of its document, a sign for where the word stands, and
 * the word: `member7|marina`. So one index has the words of each tier side by side, also for a beginning, and a query looks through the tiers
 * from the top and stops when it has enough. A tsquery is kept as a template whose `§` becomes kind and tier.
 */
const TIER = '§'
const WHOLE = '='
const TITLE = '|'
const TEXT = ':'
/** PostgreSQL's last. */
const LAST_POSITION = 16_383
/** Of a word, in UTF-16 units; a lexeme has 2046 bytes at most. */
const LONGEST = 250

const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const clean = (word: string) => word.replaceAll(TIER, '').slice(0, LONGEST)

export const tierOf = (rank: number): number => Math.max(0, Math.min(999, Math.floor(rank)))

/** The text of a tsvector. Words of a run of several stand in their order, each run apart from the next. */
export function vectorOf({ kind, rank, whole, title, text }: Omit<SearchDocument, 'version'>): string {
  const lexemes = new Map<string, number[]>()
  const before = `${kind}${tierOf(rank)}`
  let position = 1
  const add = (sign: string, word: string, isPlaced: boolean) => {
    const lexeme = before + sign + clean(word)
    const places = lexemes.get(lexeme) ?? []
    lexemes.set(lexeme, places)
    if (isPlaced && position <= LAST_POSITION) places.push(position)
  }
  for (const name of whole) add(WHOLE, name, false)
  for (const [sign, runs] of [
    [TITLE, title],
    [TEXT, text],
  ] as const)
    for (const run of runs) {
      for (const word of run) {
        add(sign, word, run.length > 1)
        position++
      }
      position++
    }
  return [...lexemes]
    .map(([lexeme, places]) => quoted(lexeme) + (places.length > 0 ? `:${places.join(',')}` : ''))
    .join(' ')
}

/** The words of a lexeme's document that can be mistyped: those of title and text. */
export function wordOf(lexeme: string): string | undefined {
  const at = lexeme.search(/[=|:]/)
  return at < 0 || lexeme[at] === WHOLE ? undefined : lexeme.slice(at + 1)
}

const runQuery = (sign: string, run: Run, end = '') =>
  run.map((word) => quoted(TIER + sign + clean(word))).join(' <-> ') + end
/** In title or text. */
const anywhere = ({ isTitled }: Asked, run: Run, end = '') =>
  isTitled ? runQuery(TITLE, run, end) : `(${runQuery(TITLE, run, end)} | ${runQuery(TEXT, run, end)})`
const all = (wanted: readonly WantedRun[], of: (run: WantedRun, at: number) => string) =>
  `(${wanted.map(of).join(' & ')})`
const endOf = ({ isPrefix }: WantedRun) => (isPrefix ? ':*' : '')

type Asked = Pick<SearchQuery, 'whole' | 'wanted' | 'isTitled'>

/** For each way to match its template, in their order; all but `fuzzy`. */
export function templatesOf(asked: Asked): Map<Match, string> {
  const { whole, wanted, isTitled } = asked
  const templates = new Map<Match, string>()
  if (whole !== '') templates.set('whole', quoted(TIER + WHOLE + clean(whole)))
  const exact = all(wanted, ({ run }) => runQuery(TITLE, run))
  const prefix = all(wanted, (one) => runQuery(TITLE, one.run, endOf(one)))
  templates.set('exact', exact)
  if (prefix !== exact) templates.set('prefix', prefix)
  const text = all(wanted, (one) => anywhere(asked, one.run, endOf(one)))
  if (!isTitled) templates.set('text', text)
  return templates
}

/** By what each run could have been meant for besides. */
export const fuzzyTemplate = (asked: Asked, meant: readonly (readonly string[])[]): string =>
  all(asked.wanted, (one, at) => {
    const others = (meant[at] ?? []).map((word) => anywhere(asked, [word]))
    return `(${[anywhere(asked, one.run, endOf(one)), ...others].join(' | ')})`
  })
