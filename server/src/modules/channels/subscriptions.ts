import { createHash } from 'node:crypto'
import { type PushSubscription, type SessionId, TintypeError, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Push, PushTarget } from '../../engines/push/port.ts'
import type { Viewer } from '../../gateway/binding.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import * as store from './subscription-store.ts'

export interface SubscriptionDeps {
  db: Db
  clock: Clock
  push: Pick<Push, 'accepts' | 'hostOf' | 'publicKey'>
}

/** A browser or a phone that is told: as long as its session lasts, and of one member at a time. */
const MOST = 20

/** Devices that asked to be told. */
export class Subscriptions {
  readonly #deps: SubscriptionDeps

  constructor(deps: SubscriptionDeps) {
    this.#deps = deps
  }

  get key(): string {
    return this.#deps.push.publicKey
  }

  /** Twice is once. Whoever used the device before is told nothing there any more. */
  async add({ user_id, session_id }: Viewer, asked: PushSubscription): Promise<void> {
    const { db, clock, push } = this.#deps
    const target = targetOf(asked)
    if (!push.accepts(target)) throw new TintypeError('push_target_invalid')
    const row: store.SubscriptionRow = {
      user_id,
      session_id,
      subscription_id: newId(clock),
      kind: target.kind,
      endpoint: addressOf(target),
      p256dh: target.kind === 'web' ? target.p256dh : '',
      auth: target.kind === 'web' ? target.auth : '',
      host: push.hostOf(target),
      created_at: new Date(clock.now()),
    }
    await db.tx(async (tx) => {
      const before = await store.takeEndpoint(tx, hashOf(row.endpoint), row)
      if (before) await store.deleteSubscription(tx, before)
      await store.insertSubscription(tx, row)
    })
    const all = await store.subscriptionsOf(db.query, user_id)
    for (const old of all.slice(0, -MOST)) await this.remove(old)
  }

  async removeByEndpoint(userId: UserId, endpoint: string): Promise<void> {
    const found = await store.findEndpoint(this.#deps.db.query, hashOf(endpoint))
    if (found?.user_id === userId) await this.remove(found)
  }

  async remove(name: store.SubscriptionName): Promise<void> {
    await this.#deps.db.tx((tx) => store.deleteSubscription(tx, name))
  }

  /** Logged out is not told. */
  async endSessions(ids: readonly SessionId[]): Promise<void> {
    const found = await store.subscriptionsOfSessions(this.#deps.db.query, ids)
    for (const name of found) await this.remove(name)
  }

  of(userId: UserId): Promise<store.SubscriptionRow[]> {
    return store.subscriptionsOf(this.#deps.db.query, userId)
  }

  async erase(userId: UserId): Promise<void> {
    for (const name of await this.of(userId)) await this.remove(name)
  }
}

const hashOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url')

const targetOf = (asked: PushSubscription): PushTarget =>
  'service' in asked
    ? { kind: asked.service, token: asked.token }
    : { kind: 'web', endpoint: asked.endpoint, p256dh: asked.keys.p256dh, auth: asked.keys.auth }

const addressOf = (target: PushTarget): string => (target.kind === 'web' ? target.endpoint : target.token)

export const targetOfRow = ({ kind, endpoint, p256dh, auth }: store.SubscriptionRow): PushTarget =>
  kind === 'web' ? { kind, endpoint, p256dh, auth } : { kind, token: endpoint }
