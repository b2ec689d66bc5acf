import type { API } from '@opensearch-project/opensearch'
import { TintypeError } from '@tintype/contract'
import { idTime, newId } from '../../../kit/ids.ts'
import { type OpenSearchClient, statusOf, waits } from './client.ts'
import { answering, indexBody } from './mapping.ts'
import type { OpenSearchSettings } from './settings.ts'

/** Milliseconds after which an index that is nobody's is taken for left behind: longer than any is between being made and being named. */
const FORGOTTEN_MS = 3600_000

/** Parts that a new index is put together to. */
const SEGMENTS = 4

/** Which index answers, and which is being filled. */
export interface State {
  live: string | undefined
  building: string | undefined
}

interface Aliased {
  aliases?: Record<string, unknown>
}

/**
 * A generation is an index; two aliases say which one answers and which one is being filled. What changes them is one task of the cluster's
 * manager, which refuses where the alias stands elsewhere by then.
 */
export class Generations {
  readonly live: string
  readonly building: string
  readonly #client: OpenSearchClient
  readonly #settings: OpenSearchSettings

  constructor(client: OpenSearchClient, settings: OpenSearchSettings) {
    this.#client = client
    this.#settings = settings
    this.live = `${settings.prefix}-search`
    this.building = `${settings.prefix}-search-building`
  }

  async state(): Promise<State> {
    const name = [this.live, this.building]
    const found = await this.#client.ask(
      waits.search,
      (client, options) => client.indices.getAlias({ name }, options),
      [404],
    )
    const indices = Object.entries(found as Record<string, Aliased>)
    const indexOf = (alias: string) => indices.find(([, { aliases }]) => aliases?.[alias])?.[0]
    return { live: indexOf(this.live), building: indexOf(this.building) }
  }

  /** A new index, to be filled in place of one that is being filled. */
  async begin(): Promise<string> {
    const { live, building } = await this.state()
    const index = `${this.live}-${newId()}`
    await this.#client.ask(waits.index, (client, options) =>
      client.indices.create({ index, body: indexBody(this.#settings.shards) as never }, options),
    )
    // From whichever has it by then: two that begin at once would both be filled, and an alias of two takes no write.
    await this.#alias([
      { remove: { index: `${this.live}-*`, alias: this.building, must_exist: false } },
      { add: { index, alias: this.building } },
    ])
    const left = (await this.#indices()).filter((name) => name !== index && name !== live && isOld(name))
    await this.#drop([...new Set([...(building ? [building] : []), ...left])])
    return index
  }

  /** Rejects with `conflict` where it is not the one that is being filled any more. */
  async commit(index: string): Promise<void> {
    await this.#whole(index)
    const { live } = await this.state()
    await this.#alias([
      { remove: { index, alias: this.building, must_exist: true } },
      ...(live ? [{ remove: { index: live, alias: this.live } }] : []),
      { add: { index, alias: this.live } },
    ])
    if (live) await this.#drop([live])
    // A search looks into each part by itself; goes on when this has answered.
    await this.#client.ask(waits.index, (client, options) =>
      client.indices.forcemerge({ index, max_num_segments: SEGMENTS, wait_for_completion: false }, options),
    )
  }

  /** Does nothing where it answers by now; where that cannot be asked, the next one that begins takes its place. */
  async giveUp(index: string): Promise<void> {
    try {
      const { building } = await this.state()
      if (building !== index) return
      await this.#alias([{ remove: { index, alias: this.building, must_exist: true } }])
      await this.#drop([index])
    } catch (error) {
      if (!isCode(error, 'unavailable') && !isCode(error, 'conflict')) throw error
    }
  }

  async refresh(): Promise<void> {
    await this.#client.ask(waits.write, (client, options) =>
      client.indices.refresh({ index: this.live }, options),
    )
  }

  async #whole(index: string): Promise<void> {
    await orConflict(async () => {
      await this.#client.ask(waits.index, (client, options) =>
        client.indices.putSettings({ index, body: answering }, options),
      )
      await this.#client.ask(waits.index, (client, options) => client.indices.refresh({ index }, options))
    })
  }

  async #alias(actions: API.Indices_UpdateAliases_RequestBody['actions']): Promise<void> {
    await orConflict(() =>
      this.#client.ask(waits.index, (client, options) =>
        client.indices.updateAliases({ body: { actions } }, options),
      ),
    )
  }

  async #indices(): Promise<string[]> {
    const found = await this.#client.ask(waits.search, (client, options) =>
      client.indices.get({ index: `${this.live}-*`, allow_no_indices: true }, options),
    )
    return Object.keys(found)
  }

  async #drop(indices: readonly string[]): Promise<void> {
    for (const index of indices)
      await this.#client.ask(
        waits.index,
        (client, options) => client.indices.delete({ index }, options),
        [404],
      )
  }
}

async function orConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw statusOf(cause) === 404 ? new TintypeError('conflict', { cause }) : cause
  }
}

/** One of ours by its name, and old. */
function isOld(index: string): boolean {
  const [id] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.exec(index) ?? []
  return id !== undefined && Date.now() - idTime(id) > FORGOTTEN_MS
}

const isCode = (error: unknown, code: string) => error instanceof TintypeError && error.code === code
