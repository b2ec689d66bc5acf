import type { ModerationSettings, UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../../engines/cache/port.ts'
import type { Db } from '../../../engines/db/port.ts'
import type { Clock } from '../../../kit/clock.ts'
import { readSettings } from '../settings-store.ts'
import { featuresOf } from './features.ts'
import { judge, prior, type SpamModel, type Verdict } from './model.ts'
import { Recent } from './recent.ts'
import { newestModel } from './spam-store.ts'

interface Known extends Pick<ModerationSettings, 'spam_hold'> {
  model: SpamModel
}

const TTL = 3600

/** How much a text looks like spam, for whoever takes texts of strangers. Asked with each text, so all of it is in memory. */
export class Spam {
  readonly #deps: { db: Db; clock: Clock }
  readonly #known: Entries<'all', Known>
  readonly #recent = new Recent()

  constructor({ cache, ...deps }: { db: Db; cache: Cache; clock: Clock }) {
    this.#deps = deps
    this.#known = cache.entries('spam-model', {
      ttl: TTL,
      forgets: [on(['moderation.spam_changed'], () => ['all' as const])],
    })
  }

  /** What it is to be held for; undefined where it is not. `id` names the text: the same one said again is not another. */
  async holds(writer: UserId, id: string, text: string): Promise<Verdict | undefined> {
    const { db, clock } = this.#deps
    const { spam_hold, model } = await this.#known.through('all', async () => {
      const [settings, trained] = await Promise.all([readSettings(db.query), newestModel(db.query)])
      return { spam_hold: settings.spam_hold, model: trained ?? prior }
    })
    if (spam_hold === null) return undefined
    const verdict = judge(model, text, featuresOf(text, this.#recent.note(writer, id, text, clock.now())))
    return verdict.score >= spam_hold ? verdict : undefined
  }
}
