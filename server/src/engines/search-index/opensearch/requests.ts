import type { API } from '@opensearch-project/opensearch'
import { isRefusal, type OpenSearchClient, unavailable, waits } from './client.ts'
import type { Clause } from './questions.ts'

export interface Found {
  _index: string
  _id: string
  _version?: number
  sort: [kind: string, rank: number, id: string]
  fields?: { owner?: [string] }
}

export interface Answer {
  status: number
  error?: unknown
  timed_out?: boolean
  hits: { total?: { value: number }; hits: Found[] }
}

/** A search is made again where its index went while it looked. */
const SEARCHES = 2

/** All of one generation: what answers may change between two searches of a request. */
export async function search(
  openSearch: OpenSearchClient,
  index: string,
  bodies: readonly Clause[],
): Promise<Answer[]> {
  if (bodies.length === 0) return []
  const head = { index, allow_partial_search_results: false }
  const body = bodies.flatMap((one) => [head, { ...one, timeout: `${waits.search}ms` }])
  for (let times = 1; ; times++) {
    const { responses } = await openSearch.ask(waits.search, (client, options) =>
      client.msearch({ body: body as API.Msearch_RequestBody }, options),
    )
    const answers = responses as unknown as Answer[]
    const failed = answers.find(({ error, timed_out }) => error !== undefined || timed_out)
    if (failed && times >= SEARCHES) throw failureOf(failed)
    const names = new Set(answers.flatMap(({ hits }) => hits?.hits.map((hit) => hit._index) ?? []))
    if (!failed && (names.size <= 1 || times >= SEARCHES)) return answers
  }
}

/** An operation of a bulk request, and what goes with it. */
export type Operation = readonly object[]

/**
 * Answers into which index it was written; undefined where there is none of that name, or it changed halfway. That a newer version stands
 * there is no failure.
 */
export async function write(
  openSearch: OpenSearchClient,
  index: string,
  operations: readonly Operation[],
  refresh: 'wait_for' | 'true' | 'false',
): Promise<string | undefined> {
  const body = operations.flat()
  const { items } = await openSearch.ask(waits.write, (client, options) =>
    // Without `require_alias` a name that is gone would become an index.
    client.bulk({ index, body, require_alias: true, refresh }, options),
  )
  const outcomes = items.flatMap((item) => Object.values(item))
  const isAbsent = outcomes.some(({ status, error }) => status === 404 && error)
  if (isAbsent) return undefined
  const failed = outcomes.find(({ status, error }) => error && status !== 409)
  if (failed) throw failureOf(failed)
  const names = new Set(outcomes.map(({ error, _index }) => String(error?.index ?? _index)))
  return names.size === 1 ? [...names][0] : undefined
}

/** No index under its name is as good as none that answers. */
function failureOf({ status, error }: { status: number; error?: unknown }): Error {
  const cause = new Error(`OpenSearch answered ${status}: ${JSON.stringify(error)}`)
  return status === 404 || status === 200 || isRefusal(status) ? unavailable(cause) : cause
}
