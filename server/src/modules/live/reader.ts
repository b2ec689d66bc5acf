import { type LiveId, TintypeError, type UserId } from '@tintype/contract'
import type { Judge } from '../../access/visibility.ts'
import { type Entries, on } from '../../engines/cache/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { LiveDeps } from './deps.ts'
import { type LiveRecord, openLiveOf, readLives } from './live-store.ts'
import { type PersonRow, peopleOf } from './people-store.ts'

export type ReaderDeps = Pick<LiveDeps, 'db' | 'cache' | 'graph'>

const TTL = 300
/** Of lives that are not there: they are answered as fast as those the viewer may not see. */
const ABSENCE = { ttl: 60, most: 10_000 }
const NEWS = [
  on(
    [
      'live.opened',
      'live.started',
      'live.changed',
      'live.ended',
      'live.removed',
      'live.restored',
      'live.deleted',
    ],
    (e) => [e.live_id],
  ),
]

/** Lives by id. What takes a viewer judges what they may see. */
export class LiveReader {
  readonly #deps: ReaderDeps
  readonly #records: Entries<LiveId, LiveRecord>
  readonly #people: Entries<LiveId, readonly PersonRow[]>

  constructor(deps: ReaderDeps) {
    this.#deps = deps
    this.#records = deps.cache.entries('live', { ttl: TTL, absence: ABSENCE, forgets: NEWS })
    this.#people = deps.cache.entries('live-people', {
      ttl: TTL,
      forgets: [on(['live.people_changed', 'live.deleted'], (e) => [e.live_id])],
    })
  }

  /** By id, whoever asks; deleted ones are absent. */
  async records(ids: readonly LiveId[]): Promise<Map<LiveId, LiveRecord>> {
    if (ids.length === 0) return new Map()
    const found = await this.#records.throughMany(ids, async (missing) =>
      byField(await readLives(this.#deps.db.query, missing), 'live_id'),
    )
    return byField(found, 'live_id')
  }

  async record(id: LiveId): Promise<LiveRecord | undefined> {
    return (await this.records([id])).get(id)
  }

  /** The one that a member has open for what a program sends. */
  async openEncoderOf(hostId: UserId): Promise<LiveId | undefined> {
    const id = await openLiveOf(this.#deps.db.query, hostId)
    const live = id && (await this.record(id))
    return live?.source === 'encoder' && live.status !== 'ended' ? live.live_id : undefined
  }

  async people(id: LiveId): Promise<readonly PersonRow[]> {
    const [found] = await this.#people.throughMany([id], async (missing) => {
      const rows = Map.groupBy(await peopleOf(this.#deps.db.query, missing), (row) => row.live_id)
      return new Map(missing.map((one) => [one, rows.get(one) ?? []]))
    })
    return found ?? []
  }

  async isRemoved(id: LiveId, userId: UserId): Promise<boolean> {
    return (await this.people(id)).some((row) => row.user_id === userId && row.part === 'removed')
  }

  async moderates(userId: UserId, live: Pick<LiveRecord, 'live_id' | 'host_id'>): Promise<boolean> {
    if (userId === live.host_id) return true
    return (await this.people(live.live_id)).some((row) => row.user_id === userId && row.part === 'moderator')
  }

  /** Those that the viewer (null: a visitor) may see. */
  async visible(viewerId: UserId | null, ids: readonly LiveId[]): Promise<Map<LiveId, LiveRecord>> {
    const lives = await this.records(ids)
    if (lives.size === 0) return lives
    const judge = await this.#deps.graph.judge(viewerId, [
      ...new Set([...lives.values()].map((l) => l.host_id)),
    ])
    for (const [id, live] of lives) {
      const isOut = viewerId !== null && viewerId !== live.host_id && (await this.isRemoved(id, viewerId))
      if (isOut || !maySee(judge, live)) lives.delete(id)
    }
    return lives
  }

  /** Rejects with `not_found` where the viewer may not see it. */
  async findVisible(viewerId: UserId | null, id: LiveId): Promise<LiveRecord> {
    const live = (await this.visible(viewerId, [id])).get(id)
    if (!live) throw new TintypeError('not_found')
    return live
  }

  /** The same unless it is theirs. */
  async findOwn(hostId: UserId, id: LiveId): Promise<LiveRecord> {
    const live = await this.findVisible(hostId, id)
    if (live.host_id !== hostId) throw new TintypeError('not_found')
    return live
  }

  /** The same unless they look after it. */
  async findModerated(userId: UserId, id: LiveId): Promise<LiveRecord> {
    const live = await this.findVisible(userId, id)
    if (!(await this.moderates(userId, live))) throw new TintypeError('not_found')
    return live
  }
}

/** What has not begun is its host's alone, and so is what moderators of the community took from view. */
const maySee = (judge: Judge, live: LiveRecord): boolean =>
  judge(live.host_id, {
    audience: live.audience === 'followers' ? 'followers' : 'everyone',
    status: live.removed ? 'removed' : live.started_at === null ? 'processing' : 'published',
  }) === 'full'
