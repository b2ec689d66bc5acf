import type { LiveId, UserId } from '@tintype/contract'
import { tellMembers } from '../../kit/member-channel.ts'
import type { LiveDeps } from './deps.ts'
import type { LiveReader } from './reader.ts'

type AnnouncingDeps = Pick<LiveDeps, 'db' | 'outbox' | 'broadcast' | 'graph'> & {
  reader: Pick<LiveReader, 'record'>
}
interface Of {
  live_id: LiveId
  host_id: UserId
}

const CHUNK = 500

/** Tells a host's followers that a live has begun. */
export class Announcing {
  readonly #deps: AnnouncingDeps

  constructor(deps: AnnouncingDeps) {
    this.#deps = deps
  }

  /** All of them, some at a time; a notice that is told again is the same notice. Those who muted the host are left alone. */
  async began({ live_id, host_id }: Of, signal: AbortSignal): Promise<void> {
    const { db, outbox, reader } = this.#deps
    if ((await reader.record(live_id))?.status !== 'live') return
    for await (const some of this.#followers(host_id)) {
      signal.throwIfAborted()
      const follower_ids = await this.#unmuted(host_id, some)
      if (follower_ids.length > 0)
        await db.tx((tx) =>
          outbox.append(tx, [{ type: 'live.announced', payload: { live_id, host_id, follower_ids } }]),
        )
      await this.#tell(some)
    }
  }

  /** Their rows of lives are one shorter. */
  async ended({ host_id }: Of, signal: AbortSignal): Promise<void> {
    for await (const some of this.#followers(host_id)) {
      signal.throwIfAborted()
      await this.#tell(some)
    }
  }

  async #unmuted(hostId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
    if (ids.length === 0) return []
    const muters = new Set(await this.#deps.graph.mutersAmong(hostId, ids))
    return ids.filter((id) => !muters.has(id))
  }

  async #tell(ids: readonly UserId[]): Promise<void> {
    // An open app that is not reached looks again by itself.
    if (ids.length > 0)
      await tellMembers(this.#deps.broadcast, ids, { type: 'lives.changed', data: {} }).catch(() => {})
  }

  async *#followers(hostId: UserId): AsyncGenerator<UserId[]> {
    for (let after: UserId | null = null; ; ) {
      const some: UserId[] = await this.#deps.graph.followersAfter(hostId, after, CHUNK)
      yield some
      after = some.at(-1) ?? null
      if (some.length < CHUNK) return
    }
  }
}
