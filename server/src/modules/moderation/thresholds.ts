import type { ModerationSettings } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { readSettings } from './settings-store.ts'

/** From which score of a picture on what follows; null: never. */
export interface Steps {
  mark: number | null
  queue: number | null
  hold: number | null
}

const TTL = 3600

/** What the community has set for scores of pictures, for whoever gives them: asked with each picture, so kept in memory. */
export class Thresholds {
  readonly #db: Db
  readonly #isOn: boolean
  readonly #steps: Entries<'all', Steps>

  /** `isOn`: whether this community's owner has pictures scored at all. */
  constructor({ db, cache, isOn }: { db: Db; cache: Cache; isOn: boolean }) {
    this.#db = db
    this.#isOn = isOn
    this.#steps = cache.entries('score-thresholds', {
      ttl: TTL,
      forgets: [on(['moderation.pictures_changed'], () => ['all' as const])],
    })
  }

  steps(): Promise<Steps> {
    return this.#steps.through('all', async () => stepsOf(await readSettings(this.#db.query)))
  }

  /** Undefined: nothing follows, whatever the score. */
  async lowest(): Promise<number | undefined> {
    if (!this.#isOn) return undefined
    const set = Object.values(await this.steps()).filter((one) => one !== null)
    return set.length === 0 ? undefined : Math.min(...set)
  }
}

const stepsOf = (settings: ModerationSettings): Steps => ({
  mark: settings.score_mark,
  queue: settings.score_queue,
  hold: settings.score_hold,
})
