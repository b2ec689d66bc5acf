import { hash } from 'node:crypto'
import type { SearchDocument } from '../port.ts'

/** Milliseconds until what was written is found; whoever wrote it waits for that. */
export const REFRESH_MS = 100
/** Beginnings of words up to so many letters stand in the index themselves; 19 is its most. */
export const BEGINNING = 15
/** Of a word, in UTF-16 units; analyzers cut at 255. */
const LONGEST = 250
/** OpenSearch's ids have 512 bytes at most; a place's name can have more. */
const LONGEST_ID = 500

/**
 * Words are cut already (see modules/search/cut.ts), for this index as for any other: the analyzer takes what stands between spaces for
 * a word, and a run is a value of its own, so that words of two runs are never side by side. Each kind has its own fields. The index is
 * sorted as hits are, so that a search stops when it has enough.
 */
export const indexBody = (shards: number) => ({
  settings: {
    index: {
      number_of_shards: shards,
      number_of_replicas: 0,
      refresh_interval: '30s',
      sort: { field: ['kind', 'rank', 'id'], order: ['asc', 'desc', 'desc'] },
    },
  },
  mappings: {
    dynamic: false,
    dynamic_templates: [
      { whole: { path_match: 'whole.*', mapping: { type: 'keyword', norms: false } } },
      { title: { path_match: 'title.*', mapping: words } },
      { text: { path_match: 'text.*', mapping: words } },
    ],
    properties: {
      kind: { type: 'keyword' },
      id: { type: 'keyword' },
      rank: { type: 'double' },
      owner: { type: 'keyword' },
      is_open: { type: 'boolean' },
      removed_at: { type: 'date' },
      whole: { type: 'object', dynamic: true },
      title: { type: 'object', dynamic: true },
      text: { type: 'object', dynamic: true },
    },
  },
})

const words = {
  type: 'text',
  analyzer: 'whitespace',
  norms: false,
  index_prefixes: { min_chars: 1, max_chars: BEGINNING },
}

/** What is set when an index begins to answer: while it was filled, nobody looked. */
export const answering = {
  index: { refresh_interval: `${REFRESH_MS}ms`, auto_expand_replicas: '0-1' },
}

export const clean = (word: string): string => word.replaceAll(/\s/gu, '').slice(0, LONGEST)

export const keyOf = ({ kind, id }: { kind: string; id: string }): string => {
  const key = `${kind}:${id}`
  return Buffer.byteLength(key) <= LONGEST_ID ? key : `${kind}#${hash('sha256', key)}`
}

export const bodyOf = ({ kind, id, rank, owner, is_open, whole, title, text }: SearchDocument) => ({
  kind,
  id,
  rank,
  owner,
  is_open,
  whole: { [kind]: whole.map(clean) },
  title: { [kind]: title.map(runText) },
  text: { [kind]: text.map(runText) },
})

export const runText = (run: readonly string[]): string => run.map(clean).join(' ')
