import { type RepostSettings, repostLimits, TintypeError, type UserId } from '@tintype/contract'
import { type Entries, on } from '../../engines/cache/port.ts'
import { newId } from '../../kit/ids.ts'
import type { RepostDeps } from './deps.ts'
import * as store from './store.ts'

/** Seconds; a change is told to all processes, this only bounds what is held. */
const TTL = 1800

interface Choice {
  allowed: boolean
  muted: ReadonlySet<UserId>
}

/** What members want of reposts: of their own posts, and of others' in their feeds. */
export class RepostChoices {
  readonly #deps: RepostDeps
  readonly #choices: Entries<UserId, Choice>

  constructor(deps: RepostDeps) {
    this.#deps = deps
    const forgets = [on(['user.repost_settings_changed', 'user.deleted'], (e) => [e.user_id])]
    this.#choices = deps.cache.entries('repost-choices', { ttl: TTL, forgets })
  }

  of(userId: UserId): Promise<Choice> {
    const { query } = this.#deps.db
    return this.#choices.through(userId, async () => {
      const [refusing, muted] = await Promise.all([
        store.refusing(query, [userId]),
        store.mutedBy(query, userId),
      ])
      return { allowed: refusing.length === 0, muted: new Set(muted) }
    })
  }

  async settings(userId: UserId): Promise<RepostSettings> {
    const { allowed, muted } = await this.of(userId)
    const entries = await this.#deps.graph.listEntries(userId, [...muted])
    return { allowed, muted: [...muted].flatMap((id) => entries.get(id) ?? []) }
  }

  async change(userId: UserId, { allowed }: { allowed: boolean }): Promise<RepostSettings> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await store.setRefusing(tx, userId, !allowed)
      await outbox.append(tx, [changed(userId)])
    })
    return this.settings(userId)
  }

  async mute(userId: UserId, username: string): Promise<{ muted: true }> {
    const { db, outbox, graph, clock } = this.#deps
    const { user_id: mutedId } = await graph.visibleMember(userId, username)
    await db.tx(async (tx) => {
      await store.addMute(tx, userId, mutedId, newId(clock))
      if ((await store.mutedBy(tx, userId)).length > repostLimits.muted)
        throw new TintypeError('too_many_muted_reposts')
      await outbox.append(tx, [changed(userId)])
    })
    return { muted: true }
  }

  async unmute(userId: UserId, username: string): Promise<{ muted: false }> {
    const { db, outbox, graph } = this.#deps
    const { user_id: mutedId } = await graph.visibleMember(userId, username)
    await db.tx(async (tx) => {
      await store.removeMute(tx, userId, mutedId)
      await outbox.append(tx, [changed(userId)])
    })
    return { muted: false }
  }
}

const changed = (user_id: UserId) => ({ type: 'user.repost_settings_changed', payload: { user_id } }) as const
