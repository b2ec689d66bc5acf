import type { StoryId } from '@tintype/contract'
import { type Cache, type DerivedEntries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { readResults } from './answer-store.ts'
import type { Results } from './stickers.ts'

/** Seconds. */
const TTL = 60

type BySticker = ReadonlyMap<number, Results>

/**
 * What members answered to the stickers of a story, added up. Read from the answers themselves when it is next asked for after one of
 * them: however many ask at once, they are added up once (100 000 answers in some 20 ms), and there is no second truth to keep.
 */
export class StoryResults {
  readonly #db: Db
  readonly #entries: DerivedEntries<StoryId, BySticker>

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#entries = cache.derived('story-results', {
      ttl: TTL,
      forgets: [on(['story.answered', 'story.deleted'], (e) => [e.story_id])],
    })
  }

  of(id: StoryId): Promise<BySticker> {
    return this.#entries.through(id, () => readResults(this.#db.query, id))
  }

  /** After answers were erased. */
  async forget(ids: readonly StoryId[]): Promise<void> {
    await this.#entries.del(ids)
  }
}
