import { isIP } from 'node:net'
import {
  type BanId,
  type BlockedWord,
  type Body,
  type RegistrationBan,
  type Routes,
  TintypeError,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import { isTooWide, parseRange } from '../../kit/address-ranges.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Audit } from './audit.ts'
import * as store from './door-store.ts'

export interface DoorDeps {
  db: Db
  clock: Clock
  outbox: Pick<Outbox, 'append'>
}

const DAY_MS = 86_400_000
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/

/** Who makes an account here, and with which words. */
export class Doors {
  readonly #deps: DoorDeps
  readonly #audit: Pick<Audit, 'append'>

  constructor(deps: DoorDeps, audit: Pick<Audit, 'append'>) {
    this.#deps = deps
    this.#audit = audit
  }

  async bans(): Promise<RegistrationBan[]> {
    const { db, clock } = this.#deps
    return (await store.readBans(db.query, new Date(clock.now()))).map(shown)
  }

  /** Rejects with `ban_invalid`. */
  async ban(
    { user_id }: Viewer,
    { kind, value, note = '', days }: Body<Routes['moderation']['ban']>,
  ): Promise<RegistrationBan> {
    const { db, clock } = this.#deps
    const plain = value.trim().toLowerCase().replace(/^@/, '')
    if (!(kind === 'email_domain' ? DOMAIN.test(plain) : isRange(plain)))
      throw new TintypeError('ban_invalid')
    const row = {
      ban_id: newId<BanId>(clock),
      kind,
      value: plain,
      note,
      created_at: new Date(clock.now()),
      expires_at: days === undefined ? null : new Date(clock.now() + days * DAY_MS),
    }
    await db.tx(async (tx) => {
      await store.insertBan(tx, row)
      // An address can be somebody's: the log has the ban's id, and its kind.
      const fact = { actor_id: user_id, action: 'ban', kind, subject_id: row.ban_id, why: kind }
      await this.#audit.append(tx, fact)
    })
    return shown(row)
  }

  async unban({ user_id }: Viewer, id: BanId): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      const row = await store.deleteBan(tx, id)
      if (!row) throw new TintypeError('not_found')
      const fact = { actor_id: user_id, action: 'unban', kind: row.kind, subject_id: id, why: row.kind }
      await this.#audit.append(tx, fact)
    })
  }

  words(): Promise<BlockedWord[]> {
    return store.readWords(this.#deps.db.query)
  }

  async saveWords({ user_id }: Viewer, words: readonly BlockedWord[]): Promise<BlockedWord[]> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await store.replaceWords(tx, words)
      await outbox.append(tx, [{ type: 'moderation.words_changed', payload: { user_id } }])
      const fact = { actor_id: user_id, action: 'change_words', why: 'settings' }
      await this.#audit.append(tx, { ...fact, details: { count: words.length } })
    })
    return this.words()
  }

  async forgetOld(): Promise<void> {
    await store.deleteOldBans(this.#deps.db.query, new Date(this.#deps.clock.now()))
  }
}

/** What registration asks. */
export const bansOf = ({ db, clock }: Pick<DoorDeps, 'db' | 'clock'>) => ({
  /** Rejects with `registration_banned`. */
  async assertMayRegister({ email, ip }: { email: string; ip: string }): Promise<void> {
    const domain = email.split('@').at(-1) ?? ''
    const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
    const address = isIP(plain) === 0 ? null : plain
    if (await store.isBanned(db.query, { domain, address }, new Date(clock.now())))
      throw new TintypeError('registration_banned')
  },
})

function isRange(value: string): boolean {
  const range = parseRange(value)
  return range !== undefined && !isTooWide(range)
}

const shown = ({ created_at, expires_at, ...row }: store.BanRow): RegistrationBan => ({
  ...row,
  created_at: created_at.toISOString(),
  expires_at: expires_at?.toISOString() ?? null,
})
