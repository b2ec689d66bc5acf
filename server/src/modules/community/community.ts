import { randomInt } from 'node:crypto'
import { type Body, type Instance, type Routes, TintypeError, type UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Members } from '../members/api.ts'
import * as store from './store.ts'

export interface CommunityDeps {
  db: Db
  cache: Cache
  clock: Clock
  version: string
  members: Pick<Members, 'count'>
  /** Videos that are taken; undefined: none. */
  video: { seconds: number; bytes: number } | undefined
  /** Where else members log in; undefined: nowhere. */
  openId: { name: string; signUp: Instance['registration'] | undefined; only: boolean } | undefined
}

/** Of somebody for whom another place vouches: who of them may join. */
export interface Vouching {
  sign_up: Instance['registration']
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
    const forgets = [on(['user.registered', 'user.deleted'], () => ['members' as const])]
    this.#counts = deps.cache.entries('instance', { ttl: 60, shared: true, forgets })
  }

  /** Whether only the owner may log in by a password. */
  get isOpenIdOnly(): boolean {
    return this.#deps.openId?.only ?? false
  }

  async instance(): Promise<Instance> {
    return this.#present(await store.readInstance(this.#deps.db.query))
  }

  async update(changes: Body<Routes['community']['update']>): Promise<Instance> {
    const { name, description, registration, deletion_days } = changes
    return this.#present(
      await store.updateInstance(this.#deps.db.query, {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(registration === undefined ? {} : { registration }),
        ...(deletion_days === undefined ? {} : { deletion_days }),
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

  /** Tells those who may not come in before anything is made of them; `admit` decides. */
  async assertOpen(invitation: string | undefined, vouching?: Vouching): Promise<void> {
    const { registration, owner_id } = await store.readInstance(this.#deps.db.query)
    if (owner_id === null) {
      if (vouching) throw new TintypeError('registration_closed')
      return
    }
    if (this.isOpenIdOnly && !vouching) throw new TintypeError('openid_only')
    assertPolicy(vouching?.sign_up ?? registration, invitation)
  }

  /**
   * What somebody who comes in is: the first is the owner, who needs a password for when the other place is away. Throws
   * `registration_closed` or `invitation_invalid`.
   */
  async admit(
    tx: Tx,
    userId: UserId,
    invitation: string | undefined,
    vouching?: Vouching,
  ): Promise<'member' | 'owner'> {
    if (!vouching && (await store.claimOwnership(tx, userId))) return 'owner'
    const registration = vouching?.sign_up ?? (await store.readInstance(tx)).registration
    assertPolicy(registration, invitation)
    if (registration !== 'invitation') return 'member'
    const now = new Date(this.#deps.clock.now())
    if (await store.useInvitation(tx, invitation ?? '', userId, now)) return 'member'
    throw new TintypeError('invitation_invalid')
  }

  /**
   * The owner has left. Answers who is it now: the heir, who is looked for once nobody else can become it; undefined where nobody is
   * there, and then the next who comes in is.
   */
  async bequeath(tx: Tx, heirOf: () => Promise<UserId | undefined>): Promise<UserId | undefined> {
    await store.handOver(tx, null)
    const heir = await heirOf()
    return heir && (await store.claimOwnership(tx, heir)) ? heir : undefined
  }

  /** Their invitations, and what invitation they came by. */
  erase(userId: UserId): Promise<void> {
    return store.deleteInvitationsOf(this.#deps.db.query, userId)
  }

  async purgeInvitations(): Promise<void> {
    await store.deleteOldInvitations(this.#deps.db.query, new Date(this.#deps.clock.now()))
  }

  async #present({ owner_id, ...row }: store.InstanceRow): Promise<Instance> {
    const { name, description, registration, deletion_days } = row
    const { version, members, openId } = this.#deps
    // Who hides for a while is counted for up to a minute more; the zero before the first account is never kept.
    const members_count = owner_id === null ? 0 : await this.#counts.through('members', () => members.count())
    const is_set_up = owner_id !== null
    const { video: taken } = this.#deps
    const video = taken ? { max_seconds: taken.seconds, max_bytes: taken.bytes } : null
    const presented = {
      name,
      description,
      registration,
      deletion_days,
      is_set_up,
      version,
      members_count,
      video,
    }
    if (!openId) return presented
    const openid = { name: openId.name, sign_up: openId.signUp ?? registration, only: openId.only }
    return { ...presented, openid }
  }
}

function assertPolicy(registration: Instance['registration'], invitation: string | undefined): void {
  if (registration === 'closed') throw new TintypeError('registration_closed')
  if (registration === 'invitation' && !invitation) throw new TintypeError('invitation_invalid')
}
