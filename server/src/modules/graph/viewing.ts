import type { UserId, ViewingChoices } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { changeViewing, readViewing } from './viewing-store.ts'

const unset: ViewingChoices = { sensitive: 'standard', muted_words: [] }

interface ViewingDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
}

/** What a member wants to come across. Whoever shows something reads it with their relations. */
export class Viewing {
  readonly #deps: ViewingDeps

  constructor(deps: ViewingDeps) {
    this.#deps = deps
  }

  async get(userId: UserId): Promise<ViewingChoices> {
    return (await readViewing(this.#deps.db.query, userId)) ?? unset
  }

  async change(userId: UserId, change: Partial<ViewingChoices>): Promise<ViewingChoices> {
    const words = change.muted_words && { muted_words: [...new Set(change.muted_words)] }
    return this.#deps.db.tx(async (tx) => {
      const changed = await changeViewing(tx, userId, { ...change, ...words }, unset)
      await this.#deps.outbox.append(tx, [{ type: 'user.viewing_changed', payload: { user_id: userId } }])
      return changed
    })
  }
}
