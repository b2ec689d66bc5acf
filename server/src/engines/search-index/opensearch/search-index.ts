import { TintypeError } from '@tintype/contract'
import type { Clock } from '../../../kit/clock.ts'
import { isForgivable } from '../forgiving.ts'
import type {
  DocumentRef,
  Generation,
  Hit,
  SearchDocument,
  SearchIndex,
  SearchQuery,
  WantedRun,
} from '../port.ts'
import { OpenSearchClient, unavailable } from './client.ts'
import { Generations, type State } from './generations.ts'
import { bodyOf, keyOf } from './mapping.ts'
import { type Clause, fuzzyLevel, knownBody, type Level, levelsOf, placed, searchBody } from './questions.ts'
import { type Answer, type Found, type Operation, search, write } from './requests.ts'
import type { OpenSearchSettings } from './settings.ts'

/** Documents in one request. */
const CHUNK = 500
/** Which index answers may change while one is written to; it does so twice in a row where somebody makes it anew without end. */
const WRITES = 8
const PAUSE_MS = 25
const SWEPT = 1000

interface Written {
  key: string
  version: number
  body: object
}

/**
 * Documents of the index that answers. OpenSearch keeps the highest version of each; one that is removed stays as a mark, because its own
 * memory of removals does not outlast a restart. No lock holds a new generation off while one is written, so every write looks afterwards
 * which indices there are, and is made again in those that it missed; see docs/decisions/0036-search-in-opensearch.md.
 */
export function openOpenSearchIndex(deps: { settings: OpenSearchSettings; clock: Clock }): SearchIndex {
  return new OpenSearchIndex(deps)
}

class OpenSearchIndex implements SearchIndex {
  readonly #client: OpenSearchClient
  readonly #generations: Generations
  readonly #clock: Clock
  /** What it was when last looked at. */
  #state: State | undefined

  constructor({ settings, clock }: { settings: OpenSearchSettings; clock: Clock }) {
    this.#client = new OpenSearchClient(settings.nodes)
    this.#generations = new Generations(this.#client, settings)
    this.#clock = clock
  }

  async index(documents: readonly SearchDocument[]): Promise<void> {
    await this.#write(documents.map(writtenOf))
  }

  async remove(documents: readonly (DocumentRef & { version: number })[]): Promise<void> {
    const removed_at = new Date(this.#clock.now()).toISOString()
    await this.#write(
      documents.map(({ kind, id, version }) => ({
        key: keyOf({ kind, id }),
        version,
        body: { kind, id, rank: 0, removed_at },
      })),
    )
  }

  async #write(documents: readonly Written[]): Promise<void> {
    for (let at = 0; at < documents.length; at += CHUNK)
      await this.#writeChunk(documents.slice(at, at + CHUNK))
  }

  async #writeChunk(chunk: readonly Written[]): Promise<void> {
    const { live, building } = this.#generations
    this.#state ??= await this.#generations.state()
    const done: { live?: string | undefined; building?: string | undefined } = {}
    for (let times = 0; times < WRITES; times++) {
      if (times > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * times))
      const before = this.#state
      const [toLive, toBuilding] = await Promise.all([
        before.live !== undefined && done.live !== before.live ? this.#put(live, chunk, true) : done.live,
        before.building !== undefined && done.building !== before.building
          ? this.#put(building, chunk, false)
          : done.building,
      ])
      const wasElsewhere = done.live !== undefined && done.live !== toLive
      Object.assign(done, { live: toLive, building: toBuilding })
      const now = await this.#generations.state()
      this.#state = now
      if (
        (now.live === undefined || now.live === done.live || now.live === done.building) &&
        (now.building === undefined || now.building === done.building)
      ) {
        // What was written before it answered is not yet to be found.
        if (now.live !== undefined && (now.live !== done.live || wasElsewhere))
          await this.#generations.refresh()
        return
      }
    }
    throw unavailable(new Error('the index that answers changes all the time'))
  }

  #put(alias: string, chunk: readonly Written[], isAwaited: boolean): Promise<string | undefined> {
    const operations = chunk.map(
      ({ key, version, body }): Operation => [
        { index: { _id: key, version, version_type: 'external' } },
        body,
      ],
    )
    return write(this.#client, alias, operations, isAwaited ? 'wait_for' : 'false')
  }

  async query(query: SearchQuery): Promise<Hit[]> {
    const { wanted, limit, after } = query
    if (wanted.length === 0 || limit <= 0) return []
    const levels = levelsOf(query).flatMap((level) => {
      const from = placed(level, after)
      return from ? [{ level, after: from === 'rest' ? after : undefined }] : []
    })
    const asked = wanted.length > 1 && wanted.some(isForgivable) ? wanted : []
    const answers = await this.#search([
      ...levels.map(({ level, after }) => searchBody(query, level, after)),
      ...asked.map((one) => knownBody(query, one)),
    ])
    const hits = levels.flatMap(({ level }, at) => hitsOf(level, answers[at])).slice(0, limit)
    if (hits.length >= limit || !wanted.some(isForgivable)) return hits
    const isKnown = (at: number) => (answers[levels.length + at]?.hits.total?.value ?? 0) > 0
    const mistyped = wanted.length === 1 ? wanted : wanted.filter((_, at) => !isKnown(at))
    return mistyped.some(isForgivable)
      ? [...hits, ...(await this.#fuzzy(query, mistyped, hits.length))]
      : hits
  }

  async #fuzzy(query: SearchQuery, mistyped: readonly WantedRun[], have: number): Promise<Hit[]> {
    const level = fuzzyLevel(query, new Set(mistyped))
    const after = query.after?.match === 'fuzzy' ? query.after : undefined
    const [answer] = await this.#search([searchBody({ ...query, limit: query.limit - have }, level, after)])
    return hitsOf(level, answer)
  }

  #search(bodies: readonly Clause[]): Promise<Answer[]> {
    return search(this.#client, this.#generations.live, bodies)
  }

  async rebuild(): Promise<Generation> {
    const generations = this.#generations
    const index = await generations.begin()
    return {
      index: async (documents) => {
        for (let at = 0; at < documents.length; at += CHUNK) {
          const into = await this.#put(
            generations.building,
            documents.slice(at, at + CHUNK).map(writtenOf),
            false,
          )
          if (into !== index) throw new TintypeError('conflict')
        }
      },
      commit: () => generations.commit(index),
      [Symbol.asyncDispose]: () => generations.giveUp(index),
    }
  }

  async generation(): Promise<string | undefined> {
    return (await this.#generations.state()).live
  }

  async sweep(olderThan: number): Promise<void> {
    const before = new Date(this.#clock.now() - olderThan * 1000).toISOString()
    const body = {
      size: SWEPT,
      version: true,
      _source: false,
      sort: ['kind', 'rank', 'id'],
      query: { range: { removed_at: { lte: before } } },
    }
    for (;;) {
      const [answer] = await this.#search([body])
      const marks = answer?.hits.hits ?? []
      if (marks.length > 0) await this.#forget(marks)
      if (marks.length < SWEPT) return
    }
  }

  /** Unless something newer stands there by now. */
  async #forget(marks: readonly Found[]): Promise<void> {
    const operations = marks.map(
      ({ _id, _version }): Operation => [
        { delete: { _id, version: _version, version_type: 'external_gte' } },
      ],
    )
    await write(this.#client, this.#generations.live, operations, 'true')
  }

  async ping(): Promise<void> {
    await this.#search([{ size: 0, query: { match_none: {} } }])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]()
  }
}

const writtenOf = (document: SearchDocument): Written => ({
  key: keyOf(document),
  version: document.version,
  body: bodyOf(document),
})

const hitsOf = ({ match }: Level, answer: Answer | undefined): Hit[] =>
  (answer?.hits.hits ?? []).map(({ sort: [, rank, id], fields }) => ({
    match,
    rank,
    id,
    owner: fields?.owner?.[0] ?? '',
  }))
