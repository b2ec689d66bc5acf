import { randomInt } from 'node:crypto'
import type { Body, Instance, Routes, UserId } from '@tintype/contract'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import * as store from './instance-store.ts'
import { countUsers } from './store.ts'

export interface CommunityDeps {
  db: Db
  cache: Cache
  clock: Clock
  version: string
}

const INVITED_MS = 14 * 86_400_000
// Without letters that look alike; 12 of them hold 58 bits.
const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The instance: its name, who may join, and invitations. */
export class Community {
  readonly #deps: CommunityDeps
  readonly #counts: Entries<'members', number>

  constructor(deps: CommunityDeps) {
    this.#deps = deps
    this.#counts = deps.cache.entries('instance', { ttl: 60 })
  }

  async instance(): Promise<Instance> {
    return this.#present(await store.readInstance(this.#deps.db.query))
  }

  async update(changes: Body<Routes['community']['update']>): Promise<Instance> {
    const { name, description, registration } = changes
    return this.#present(
      await store.updateInstance(this.#deps.db.query, {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(registration === undefined ? {} : { registration }),
      }),
    )
  }

  /** A code for one registration within 14 days. */
  async invite(ownerId: UserId): Promise<{ code: string; expires_at: string }> {
    const { db, clock } = this.#deps
    const letters = Array.from({ length: 12 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
    const code = letters.replace(/(.{4})(?=.)/g, '$1-')
    const expires_at = new Date(clock.now() + INVITED_MS)
    await store.insertInvitation(db.query, { code, created_by: ownerId, expires_at })
    return { code, expires_at: expires_at.toISOString() }
  }

  async purgeInvitations(): Promise<void> {
    await store.deleteOldInvitations(this.#deps.db.query, new Date(this.#deps.clock.now()))
  }

  async #present({ name, description, registration, owner_id }: store.InstanceRow): Promise<Instance> {
    const { db, version } = this.#deps
    // For the landing page alone, so it may be a minute old; the zero before the first account is never kept.
    const members_count =
      owner_id === null ? 0 : await this.#counts.through('members', () => countUsers(db.query))
    return { name, description, registration, is_set_up: owner_id !== null, version, members_count }
  }
}
