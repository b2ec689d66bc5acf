import {
  type Body,
  type Me,
  type NoticePreferences,
  noticeKinds,
  QUIET_DAYS,
  type Routes,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import * as store from './preference-store.ts'
import { lookAtAll } from './queue-store.ts'
import { isTimeZone, nextQuiet, quietUntil } from './quiet.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const DAY_MS = 86_400_000

const defaults: NoticePreferences = {
  kinds: Object.fromEntries(
    noticeKinds.map((kind) => [kind, { push: true, email: true }]),
  ) as NoticePreferences['kinds'],
  digest: true,
  quiet_hours: { enabled: false, from: '22:00', to: '07:00', days: EVERY_DAY },
  quiet_until: null,
  quiet_shown: true,
  daily_reminder: null,
  time_zone: 'UTC',
}

/** What members chose to be told of, how, and when not. */
export class Preferences {
  readonly #db: Db
  readonly #clock: Clock

  constructor({ db, clock }: { db: Db; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  async of(userId: UserId): Promise<NoticePreferences> {
    return (await this.ofAll([userId]))(userId)
  }

  async ofAll(ids: readonly UserId[]): Promise<(id: UserId) => NoticePreferences> {
    const chosen = await store.readChoices(this.#db.query, ids)
    return (id) => whole(chosen.get(id) ?? {})
  }

  /** What a member's own record says: their quiet mode, now or next, and after how much time they are reminded. */
  async ownOf(userId: UserId): Promise<Pick<Me, 'quiet' | 'daily_reminder'>> {
    const chosen = await this.of(userId)
    const quiet = nextQuiet(chosen, this.#clock.now())
    const { daily_reminder } = chosen
    return {
      ...(quiet && { quiet: { from: timeOf(quiet.from), until: timeOf(quiet.until) } }),
      ...(daily_reminder !== null && { daily_reminder }),
    }
  }

  /** Of these members those that are in quiet mode, and let it be known. */
  async quietAmong(ids: readonly UserId[]): Promise<Set<UserId>> {
    const of = await this.ofAll(ids)
    const now = this.#clock.now()
    return new Set(ids.filter((id) => of(id).quiet_shown && quietUntil(of(id), now) !== undefined))
  }

  async change(userId: UserId, changes: Body<Routes['preferences']['change']>): Promise<NoticePreferences> {
    const { quiet_hours, kinds, ...rest } = changes
    this.#check(rest)
    const now = this.#clock.now()
    const changed = await this.#db.tx(async (tx) => {
      const before = await store.lockChoices(tx, userId)
      const hours = quiet_hours && { quiet_hours: { days: EVERY_DAY, ...quiet_hours } }
      const after: store.Choices = { ...before, ...rest, ...hours, kinds: { ...before.kinds, ...kinds } }
      await store.writeChoices(tx, userId, after)
      // What waits for the end of quiet mode waits for another one now, or for none.
      if (quietUntil(whole(before), now) !== quietUntil(whole(after), now))
        await lookAtAll(tx, userId, new Date(now))
      return after
    })
    return whole(changed)
  }

  #check({ time_zone, quiet_until }: Pick<store.Choices, 'time_zone' | 'quiet_until'>): void {
    if (time_zone !== undefined && !isTimeZone(time_zone)) throw new TintypeError('time_zone_unknown')
    if (!quiet_until) return
    const left = Date.parse(quiet_until) - this.#clock.now()
    if (!(left > 0 && left <= QUIET_DAYS * DAY_MS)) throw new TintypeError('quiet_end_invalid')
  }

  async erase(userId: UserId): Promise<void> {
    await store.deleteChoices(this.#db.query, userId)
  }
}

const whole = (choices: store.Choices): NoticePreferences => ({
  ...defaults,
  ...choices,
  quiet_hours: { ...defaults.quiet_hours, ...choices.quiet_hours },
  kinds: { ...defaults.kinds, ...choices.kinds },
})

const timeOf = (at: number): string => new Date(at).toISOString()
