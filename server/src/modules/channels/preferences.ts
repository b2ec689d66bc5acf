import {
  type Body,
  type NoticePreferences,
  noticeKinds,
  type Routes,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import * as store from './preference-store.ts'
import { isTimeZone } from './quiet-hours.ts'

const defaults: NoticePreferences = {
  kinds: Object.fromEntries(
    noticeKinds.map((kind) => [kind, { push: true, email: true }]),
  ) as NoticePreferences['kinds'],
  digest: true,
  quiet_hours: { enabled: false, from: '22:00', to: '07:00' },
  time_zone: 'UTC',
}

/** What members chose to be told of, how, and when not. */
export class Preferences {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  async of(userId: UserId): Promise<NoticePreferences> {
    return (await this.ofAll([userId]))(userId)
  }

  async ofAll(ids: readonly UserId[]): Promise<(id: UserId) => NoticePreferences> {
    const chosen = await store.readChoices(this.#db.query, ids)
    return (id) => whole(chosen.get(id) ?? {})
  }

  async change(userId: UserId, changes: Body<Routes['preferences']['change']>): Promise<NoticePreferences> {
    if (changes.time_zone !== undefined && !isTimeZone(changes.time_zone))
      throw new TintypeError('time_zone_unknown')
    const changed = await this.#db.tx(async (tx) => {
      const before = await store.lockChoices(tx, userId)
      const after: store.Choices = { ...before, ...changes, kinds: { ...before.kinds, ...changes.kinds } }
      await store.writeChoices(tx, userId, after)
      return after
    })
    return whole(changed)
  }

  async erase(userId: UserId): Promise<void> {
    await store.deleteChoices(this.#db.query, userId)
  }
}

const whole = (choices: store.Choices): NoticePreferences => ({
  ...defaults,
  ...choices,
  kinds: { ...defaults.kinds, ...choices.kinds },
})
