import {
  type NewPasskey,
  type Passkey,
  type PasskeyId,
  type PasskeyProof,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { isUuid } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import type { CommunityGate } from '../community/api.ts'
import type { Comings } from '../members/api.ts'
import type { Ceremonies } from './ceremonies.ts'
import * as store from './passkey-store.ts'
import { ALGORITHMS, type RelyingParty, verifyNew, verifyUse } from './webauthn.ts'

export interface PasskeyDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  ceremonies: Ceremonies
  party: RelyingParty
  members: Pick<Comings, 'own'>
  community: Pick<CommunityGate, 'instance'>
}

const MOST = 20
const TIMEOUT_MS = 300_000

/**
 * Keys that members' devices hold, each for this community alone. They are discoverable (who logs in types no name) and ask the device for a
 * finger, a face or a PIN, so that one of them is as good as a password and a code.
 */
export class Passkeys {
  readonly #deps: PasskeyDeps

  constructor(deps: PasskeyDeps) {
    this.#deps = deps
  }

  async list(userId: UserId): Promise<Passkey[]> {
    return (await store.readPasskeys(this.#deps.db.query, userId)).map(shown)
  }

  /** What a browser makes a key by (`navigator.credentials.create`). */
  async creationOptions(userId: UserId) {
    const { db, ceremonies, party, members, community } = this.#deps
    const [member, { name }] = [await members.own(userId), await community.instance()]
    if (!member) throw new TintypeError('unauthorized')
    const known = await store.readPasskeys(db.query, userId)
    return {
      challenge: ceremonies.begin(`create ${userId}`),
      rp: { id: party.id, name },
      user: {
        id: Buffer.from(userId).toString('base64url'),
        name: member.username,
        displayName: member.full_name || member.username,
      },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
      timeout: TIMEOUT_MS,
      excludeCredentials: known.map(({ credential_id, transports }) => ({
        type: 'public-key',
        id: credential_id,
        transports,
      })),
    }
  }

  /** What a browser uses one by (`navigator.credentials.get`): whose it is shows in the answer. */
  useOptions() {
    const { ceremonies, party } = this.#deps
    return {
      challenge: ceremonies.begin('use'),
      rpId: party.id,
      userVerification: 'required',
      timeout: TIMEOUT_MS,
      allowCredentials: [],
    }
  }

  async add(userId: UserId, name: string, given: NewPasskey): Promise<Passkey> {
    const { db, outbox, clock, ceremonies, party } = this.#deps
    const made = await verifyNew(given, party, (challenge) =>
      ceremonies.isOurs(challenge, `create ${userId}`),
    )
    const row: store.PasskeyRow = {
      user_id: userId,
      passkey_id: newId<PasskeyId>(clock),
      name,
      ...made.key,
      created_at: new Date(clock.now()),
      last_used_at: null,
    }
    await db.tx(async (tx) => {
      await ceremonies.use(tx, made.challenge)
      if (!(await store.insertPasskey(tx, row, MOST))) throw new TintypeError('conflict')
      const payload = { user_id: userId, change: 'passkey_added' as const }
      await outbox.append(tx, [{ type: 'user.factors_changed', payload }])
    })
    return shown(row)
  }

  async rename(user_id: UserId, passkey_id: PasskeyId, name: string): Promise<Passkey> {
    const row = await store.renamePasskey(this.#deps.db.query, { user_id, passkey_id }, name)
    if (!row) throw new TintypeError('not_found')
    return shown(row)
  }

  async remove(user_id: UserId, passkey_id: PasskeyId): Promise<void> {
    await this.#deps.db.tx(async (tx) => {
      if (!(await store.deletePasskey(tx, { user_id, passkey_id }))) throw new TintypeError('not_found')
      const payload = { user_id, change: 'passkey_removed' as const }
      await this.#deps.outbox.append(tx, [{ type: 'user.factors_changed', payload }])
    })
  }

  /** Whose key was used; each proof is good once. Rejects with `passkey_invalid`, also where it is another than `only`. */
  async take(given: PasskeyProof, only?: UserId): Promise<UserId> {
    const { db, clock, ceremonies, party } = this.#deps
    const user_id = Buffer.from(given.response.userHandle, 'base64url').toString() as UserId
    const known = isUuid(user_id) ? await store.readPasskey(db.query, user_id, given.id) : undefined
    if (!known || (only !== undefined && only !== user_id)) throw new TintypeError('passkey_invalid')
    const used = await verifyUse(given, known, party, (challenge) => ceremonies.isOurs(challenge, 'use'))
    await db.tx(async (tx) => {
      await ceremonies.use(tx, used.challenge)
      const at = new Date(clock.now())
      if (!(await store.notePasskeyUse(tx, known, { counter: used.counter, at })))
        throw new TintypeError('passkey_invalid')
    })
    return user_id
  }

  async erase(userId: UserId): Promise<void> {
    await store.deletePasskeys(this.#deps.db.query, userId)
  }
}

const shown = (row: store.PasskeyRow): Passkey => ({
  passkey_id: row.passkey_id,
  name: row.name,
  created_at: row.created_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
})
