import type { StoryId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import * as answers from './answer-store.ts'
import { deleteHighlight, highlightsOf } from './highlight-store.ts'
import { someEntriesOf } from './list-store.ts'
import type { Lists } from './lists.ts'
import { activeFrom } from './policy.ts'
import type { Posting } from './posting.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryResults } from './results.ts'
import type { SeenStories } from './seen.ts'
import { dropSettings } from './settings-store.ts'
import * as views from './view-store.ts'

const CHUNK = 500

interface UpkeepDeps {
  db: Db
  clock: Clock
  reader: StoriesReader
  posting: Posting
  lists: Lists
  results: StoryResults
  seen: SeenStories
}

/** What facts and schedules ask of stories. Each may be run again at any point. */
export class StoriesUpkeep {
  readonly #deps: UpkeepDeps

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** Stories whose time is over and that nothing keeps: nobody sees them by now, so this only makes room. */
  async deletePassed(signal: AbortSignal): Promise<void> {
    const { posting, clock } = this.#deps
    const now = clock.now()
    while (!signal.aborted && (await posting.deletePassed(now, activeFrom(now))));
  }

  /** Who saw a deleted story, and what they answered. */
  async eraseStory(id: StoryId, signal?: AbortSignal): Promise<void> {
    const { query } = this.#deps.db
    while (await views.eraseSomeViewsOf(query, id, CHUNK)) signal?.throwIfAborted()
    while (await answers.eraseSomeAnswersOf(query, id, CHUNK)) signal?.throwIfAborted()
  }

  /** A view that was recorded while its story was being deleted. */
  async eraseLate(ids: readonly StoryId[], signal: AbortSignal): Promise<void> {
    const stories = await this.#deps.reader.records(ids)
    for (const id of ids) if (!stories.has(id)) await this.eraseStory(id, signal)
  }

  async eraseMember(userId: UserId, signal: AbortSignal): Promise<void> {
    const { db, posting, seen } = this.#deps
    await posting.deleteAllOf(userId, signal)
    // A highlight goes with its last story, so there are none but what an earlier run left.
    const left = await highlightsOf(db.query, userId)
    await db.tx(async (tx) => {
      for (const row of left) await deleteHighlight(tx, row)
    })
    while (await views.eraseSomeViewsBy(db.query, userId, CHUNK)) signal.throwIfAborted()
    await seen.forget([userId])
    await this.#eraseAnswers(userId, signal)
    await this.#eraseLists(userId, signal)
    await dropSettings(db.query, userId)
  }

  async #eraseAnswers(userId: UserId, signal: AbortSignal): Promise<void> {
    const { db, results } = this.#deps
    for (let ids = [] as StoryId[]; ; ) {
      ids = await answers.eraseSomeAnswersBy(db.query, userId, CHUNK)
      await results.forget([...new Set(ids)])
      if (ids.length < CHUNK) return
      signal.throwIfAborted()
    }
  }

  async #eraseLists(userId: UserId, signal: AbortSignal): Promise<void> {
    const { db, lists } = this.#deps
    for (
      let some = await someEntriesOf(db.query, userId, CHUNK);
      some.length > 0;
      some = await someEntriesOf(db.query, userId, CHUNK)
    ) {
      for (const entry of some) await lists.removeEntry(entry)
      signal.throwIfAborted()
    }
  }
}
