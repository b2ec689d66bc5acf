import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { PostgresDb } from '../db/port.ts'
import type { SearchIndex } from './port.ts'

const FORM = /^https?:\/\/[^\s/]+\/?$/

export const searchIndexSettings = (read: SettingsReader) => {
  const openSearch = {
    nodes: read.words('OPENSEARCH_URL'),
    prefix: read.text('OPENSEARCH_PREFIX', 'tintype'),
    shards: read.integer('OPENSEARCH_SHARDS', 1, 1, 1000),
  }
  if (openSearch.nodes.some((node) => !FORM.test(node) || !URL.canParse(node)))
    read.mistakes.push(
      'OPENSEARCH_URL must be of the form https://user:password@host:9200, several by commas.',
    )
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(openSearch.prefix))
    read.mistakes.push('OPENSEARCH_PREFIX must be 1 to 40 small letters, digits, _ or -.')
  return { openSearch }
}

interface Options {
  db: PostgresDb
  clock: Clock
  settings?: ReturnType<typeof searchIndexSettings>
}

/** In OpenSearch where there is one, else in the database. Nothing is asked of OpenSearch before it is used. */
export async function openSearchIndex({ db, clock, settings }: Options): Promise<SearchIndex> {
  if (settings && settings.openSearch.nodes.length > 0) {
    const { openOpenSearchIndex } = await import('./opensearch/search-index.ts')
    return openOpenSearchIndex({ settings: settings.openSearch, clock })
  }
  const { openPostgresSearchIndex } = await import('./postgres/search-index.ts')
  return openPostgresSearchIndex({ db, clock })
}
