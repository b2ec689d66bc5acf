import { type LiveId, liveLimits, TintypeError, type UserId } from '@tintype/contract'
import type { LiveDeps } from './deps.ts'
import { dropPart, type Part, setPart } from './people-store.ts'
import type { LiveReader } from './reader.ts'

type CrewDeps = Pick<LiveDeps, 'db' | 'outbox' | 'members'> & { reader: LiveReader }

/** Of those who are kept out. */
const MOST_REMOVED = 10_000

/** Who looks after a live, and who is kept out of it. */
export class LiveCrew {
  readonly #deps: CrewDeps

  constructor(deps: CrewDeps) {
    this.#deps = deps
  }

  /** Somebody who may watch. */
  async addModerator(hostId: UserId, id: LiveId, username: string): Promise<void> {
    const { reader } = this.#deps
    const live = await reader.findOwn(hostId, id)
    const user_id = await this.#find(username)
    if (user_id === live.host_id || !(await reader.visible(user_id, [id])).has(id))
      throw new TintypeError('not_found')
    if (!(await this.#set(live, user_id, 'moderator', liveLimits.moderators)))
      throw new TintypeError('live_moderators_full')
  }

  async removeModerator(hostId: UserId, id: LiveId, username: string): Promise<void> {
    const live = await this.#deps.reader.findOwn(hostId, id)
    await this.#drop(live, await this.#find(username), 'moderator')
  }

  /** Moderators keep out viewers; its host also moderators. */
  async remove(userId: UserId, id: LiveId, username: string): Promise<void> {
    const { reader } = this.#deps
    const live = await reader.findModerated(userId, id)
    const removed = await this.#find(username)
    const isLookedAfter = await reader.moderates(removed, live)
    if (removed === live.host_id || (isLookedAfter && userId !== live.host_id))
      throw new TintypeError('not_found')
    await this.#set(live, removed, 'removed', MOST_REMOVED)
  }

  async letBack(hostId: UserId, id: LiveId, username: string): Promise<void> {
    const live = await this.#deps.reader.findOwn(hostId, id)
    await this.#drop(live, await this.#find(username), 'removed')
  }

  async #find(username: string): Promise<UserId> {
    const member = await this.#deps.members.byUsername(username)
    if (!member) throw new TintypeError('not_found')
    return member.user_id
  }

  #set({ live_id, host_id }: Of, user_id: UserId, part: Part, most: number): Promise<boolean> {
    const { db, outbox } = this.#deps
    return db.tx(async (tx) => {
      if (!(await setPart(tx, { live_id, user_id, part, most }))) return false
      await outbox.append(tx, [{ type: 'live.people_changed', payload: { live_id, host_id, user_id } }])
      return true
    })
  }

  async #drop({ live_id, host_id }: Of, user_id: UserId, part: Part): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await dropPart(tx, { live_id, user_id, part })
      await outbox.append(tx, [{ type: 'live.people_changed', payload: { live_id, host_id, user_id } }])
    })
  }
}

interface Of {
  live_id: LiveId
  host_id: UserId
}
