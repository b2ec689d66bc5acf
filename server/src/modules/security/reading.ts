import type { Page, SecurityEvent, SecurityEventId, Threats, UserId, UserSummary } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Guard } from '../../gateway/guard.ts'
import { idCursor, pageOf } from '../../kit/cursor.ts'
import type { Attack } from './attack.ts'
import type { Journal } from './journal.ts'
import { eventsBefore, readPatterns } from './journal-store.ts'

export interface ReadingDeps {
  db: Db
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  journal: Pick<Journal, 'flush'>
  attack: Pick<Attack, 'until'>
  doorkeeper: Pick<Guard, 'verdict'>
}

const SHOWN = 100
const LIST = 'security-events'

/** What was seen, for those who look after the community. */
export class Reading {
  readonly #deps: ReadingDeps

  constructor(deps: ReadingDeps) {
    this.#deps = deps
  }

  async threats(): Promise<Threats> {
    const { db, people, journal, attack, doorkeeper } = this.#deps
    await journal.flush()
    const rows = await readPatterns(db.query, SHOWN)
    const names = await people.summaries(rows.flatMap(({ member_id }) => member_id ?? []))
    const until = (at: number | null) => (at === null ? null : new Date(at).toISOString())
    return {
      login_attacked_until: until(attack.until('login')),
      register_attacked_until: until(attack.until('register')),
      patterns: rows.map(({ kind, address, member_id, seen, first_at, last_at }) => ({
        kind,
        address,
        member: (member_id && names.get(member_id)) ?? null,
        seen,
        first_at: first_at.toISOString(),
        last_at: last_at.toISOString(),
        is_denied: address !== null && doorkeeper.verdict(address.replace(/\/64$/, '')) === 'denied',
      })),
    }
  }

  async events({ cursor, limit = 20 }: { cursor?: string; limit?: number }): Promise<Page<SecurityEvent>> {
    const { db, people, journal } = this.#deps
    await journal.flush()
    const rows = await eventsBefore(db.query, idCursor<SecurityEventId>(LIST, cursor), limit + 1)
    const page = pageOf(LIST, rows, limit, ({ event_id }) => [event_id])
    const names = await people.summaries(page.items.flatMap(({ member_id }) => member_id ?? []))
    return {
      ...page,
      items: page.items.map(({ at, member_id, ...row }) => ({
        ...row,
        at: at.toISOString(),
        member: (member_id && names.get(member_id)) ?? null,
      })),
    }
  }
}
