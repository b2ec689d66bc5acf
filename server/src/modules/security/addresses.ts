import {
  type AddressRule,
  type AddressRuleId,
  type AddressRules,
  type NewAddressRule,
  type SecuritySettings,
  securityLimits,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { type Db, lock, type Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import { addressKey, isTooWide, parseRange } from '../../kit/address-ranges.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { AuditLog } from '../moderation/api.ts'
import type { Rules } from './address-policy.ts'
import * as store from './address-store.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { readSettings, writeSettings } from './settings-store.ts'

export interface AddressesDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  audit(): AuditLog
  doorkeeper: Pick<Doorkeeper, 'file' | 'policyWith' | 'tell'>
}

/** Somebody at an address. */
export interface Keeper extends Pick<Viewer, 'user_id'> {
  address: string
}

const DAY_MS = 86_400_000

/** Who is let in, as owners and admins say it. */
export class Addresses {
  readonly #deps: AddressesDeps

  constructor(deps: AddressesDeps) {
    this.#deps = deps
  }

  async list(address: string): Promise<AddressRules> {
    const { db, clock, doorkeeper } = this.#deps
    const rows = await store.readRules(db.query, new Date(clock.now()))
    return { rules: rows.map(shown), file: doorkeeper.file, your_address: address }
  }

  /** Rejects with `range_invalid`, `range_too_wide`, `rule_exists`, `too_many_rules` or `locks_you_out`. */
  async add(by: Keeper, { list, range, note = '', days }: NewAddressRule): Promise<AddressRule> {
    const plain = range.trim().toLowerCase()
    const found = parseRange(plain)
    if (!found) throw new TintypeError('range_invalid')
    if (list === 'deny' && isTooWide(found)) throw new TintypeError('range_too_wide')
    const now = this.#deps.clock.now()
    const row: store.RuleRow = {
      rule_id: newId<AddressRuleId>(this.#deps.clock),
      list,
      range: plain,
      note,
      created_by: by.user_id,
      created_at: new Date(now),
      expires_at: days === undefined ? null : new Date(now + days * DAY_MS),
    }
    await this.#change(by, async (tx) => {
      if (!(await store.insertRule(tx, row))) throw new TintypeError('rule_exists')
      return { action: list, subject_id: row.rule_id }
    })
    return shown(row)
  }

  /** Rejects with `not_found` or `locks_you_out`. */
  async remove(by: Keeper, id: AddressRuleId): Promise<void> {
    await this.#change(by, async (tx) => {
      const row = await store.deleteRule(tx, id)
      if (!row) throw new TintypeError('not_found')
      return { action: `un${row.list}`, subject_id: id }
    })
  }

  settings(): Promise<SecuritySettings> {
    return readSettings(this.#deps.db.query)
  }

  async changeSettings(by: Keeper, settings: SecuritySettings): Promise<SecuritySettings> {
    await this.#change(by, async (tx) => {
      await writeSettings(tx, settings)
      return { action: 'change_security', details: { ...settings } }
    })
    return settings
  }

  async forgetOld(): Promise<void> {
    await store.deleteOldRules(this.#deps.db.query, new Date(this.#deps.clock.now()))
  }

  forget(tx: Tx, member: UserId): Promise<void> {
    return store.forgetMaker(tx, member)
  }

  /** One after the other, so that what two do at once does not shut out either. */
  async #change(
    by: Keeper,
    work: (
      tx: Tx,
    ) => Promise<{ action: string; subject_id?: string; details?: Record<string, boolean | string> }>,
  ): Promise<void> {
    const { db, outbox, doorkeeper } = this.#deps
    await db.tx(async (tx) => {
      await lock(tx, 'security_rules')
      const what = await work(tx)
      await this.#assertStillIn(tx, by.address)
      await outbox.append(tx, [{ type: 'security.changed', payload: { user_id: by.user_id } }])
      // A range can be somebody's home: the log has the rule's id.
      await this.#deps
        .audit()
        .append(tx, { actor_id: by.user_id, kind: 'address_rule', why: 'security', ...what })
    })
    await doorkeeper.tell()
  }

  async #assertStillIn(tx: Tx, address: string): Promise<void> {
    const rules = await store.readRules(tx, new Date(this.#deps.clock.now()))
    if (rules.length > securityLimits.rules) throw new TintypeError('too_many_rules')
    const { only_listed } = await readSettings(tx)
    const stored: Rules = { rules, onlyListed: only_listed }
    if (this.#deps.doorkeeper.policyWith(stored).verdict(addressKey(address)) === 'denied')
      throw new TintypeError('locks_you_out')
  }
}

const shown = ({ created_at, expires_at, ...row }: store.RuleRow): AddressRule => ({
  ...row,
  created_at: created_at.toISOString(),
  expires_at: expires_at?.toISOString() ?? null,
})
