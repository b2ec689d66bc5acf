import {
  type FactorChange,
  type Factors as FactorsShown,
  type RecoveryCodes,
  secondStep,
  TintypeError,
  type TotpSecret,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Vault } from '../../kit/vault.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import type { Passkeys } from './passkeys.ts'
import { foldCode, newCodes } from './recovery-codes.ts'
import { totpUse } from './sealed.ts'
import * as store from './store.ts'
import { keyUri, newSecret, stepOf } from './totp.ts'

export interface FactorDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  vault: Vault
  passkeys: Pick<Passkeys, 'list'>
  members: Pick<Comings, 'own'>
  community: Pick<CommunityGate, 'instance'>
}

/** What a second step of a log-in may be done with. */
export type SecondFactor = 'totp' | 'recovery_code' | 'passkey'

/** By what members prove that it is them, beside their password. */
export class Factors {
  readonly #deps: FactorDeps

  constructor(deps: FactorDeps) {
    this.#deps = deps
  }

  async shown(userId: UserId): Promise<FactorsShown> {
    const { db, passkeys } = this.#deps
    const totp = await store.readTotp(db.query, userId)
    return {
      totp_since: totp?.confirmed_at?.toISOString() ?? null,
      recovery_codes_left: await store.countCodes(db.query, userId),
      passkeys: await passkeys.list(userId),
    }
  }

  /** By what a log-in goes on after the password; none: the password is enough. */
  async secondStep(userId: UserId): Promise<SecondFactor[]> {
    const { db, passkeys } = this.#deps
    const totp = await store.readTotp(db.query, userId)
    if (!totp?.confirmed_at) return []
    const hasPasskeys = (await passkeys.list(userId)).length > 0
    return ['totp', 'recovery_code', ...(hasPasskeys ? (['passkey'] as const) : [])]
  }

  /** Takes the place of a secret that waits; one that is confirmed goes on until this one is. */
  async beginTotp(userId: UserId): Promise<TotpSecret> {
    const { db, vault, members, community } = this.#deps
    const [member, { name }] = [await members.own(userId), await community.instance()]
    if (!member) throw new TintypeError('unauthorized')
    const secret = newSecret()
    await store.writeWaiting(db.query, userId, vault.seal(secret, totpUse(userId)))
    return { secret, uri: keyUri(secret, { issuer: name, label: member.username }) }
  }

  async confirmTotp(userId: UserId, code: string): Promise<RecoveryCodes> {
    const { db, vault, clock } = this.#deps
    const { waiting } = (await store.readTotp(db.query, userId)) ?? {}
    const now = clock.now()
    const step = waiting ? stepOf(vault.open(waiting, totpUse(userId)), code, now) : undefined
    if (!waiting || step === undefined) throw new TintypeError('code_wrong')
    return db.tx(async (tx) => {
      if (!(await store.confirmWaiting(tx, userId, { waiting, step, at: new Date(now) })))
        throw new TintypeError('code_wrong')
      const codes = await this.#newCodes(tx, userId)
      await this.#tell(tx, userId, 'totp_on')
      return codes
    })
  }

  /** Twice is once. */
  async removeTotp(userId: UserId): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      if (!(await store.deleteTotp(tx, userId))) return
      await store.replaceCodes(tx, userId, [])
      await this.#tell(tx, userId, 'totp_off')
    })
  }

  async renewRecoveryCodes(userId: UserId): Promise<RecoveryCodes> {
    if ((await this.secondStep(userId)).length === 0) throw new TintypeError('conflict')
    return this.#deps.db.tx(async (tx) => {
      const codes = await this.#newCodes(tx, userId)
      await this.#tell(tx, userId, 'codes_renewed')
      return codes
    })
  }

  /** Uses a code up. Rejects with `code_wrong`, or `rate_limited` where too many wrong ones were tried. */
  async takeCode(userId: UserId, code: string): Promise<void> {
    const { db, clock, vault } = this.#deps
    const now = clock.now()
    const [at, since] = [new Date(now), new Date(now - secondStep.wait * 1000)]
    const sealed = await store.claimTry(db.query, userId, { now: at, since, free: secondStep.free })
    if (!sealed) throw await this.#refusal(userId, now)
    const step = stepOf(vault.open(sealed, totpUse(userId)), code, now)
    if (step === undefined || !(await store.useStep(db.query, userId, step)))
      throw new TintypeError('code_wrong')
  }

  /** The same of a recovery code. */
  async takeRecoveryCode(userId: UserId, code: string): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      if (!(await store.useCode(tx, userId, this.#hashOf(userId, code)))) throw new TintypeError('code_wrong')
      await this.#tell(tx, userId, 'code_used')
    })
  }

  async erase(userId: UserId): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      await store.deleteTotp(tx, userId)
      await store.replaceCodes(tx, userId, [])
    })
  }

  async #refusal(userId: UserId, now: number): Promise<TintypeError> {
    const failedAt = await store.readFailedAt(this.#deps.db.query, userId)
    if (!failedAt) return new TintypeError('code_wrong')
    const retry_after = Math.max(1, Math.ceil((failedAt.getTime() - now) / 1000) + secondStep.wait)
    return new TintypeError('rate_limited', { details: { retry_after } })
  }

  async #newCodes(tx: Tx, userId: UserId): Promise<RecoveryCodes> {
    const recovery_codes = newCodes()
    const hashes = recovery_codes.map((code) => this.#hashOf(userId, code))
    await store.replaceCodes(tx, userId, hashes)
    return { recovery_codes }
  }

  #hashOf(userId: UserId, code: string): string {
    return this.#deps.vault.hash(foldCode(code), `recovery ${userId}`)
  }

  #tell(tx: Tx, user_id: UserId, change: FactorChange): Promise<void> {
    return this.#deps.outbox.append(tx, [{ type: 'user.factors_changed', payload: { user_id, change } }])
  }
}
