import type { PostId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import type { Graph } from '../graph/api.ts'
import type { Reposts } from '../reposts/api.ts'
import type { Celebrities } from './celebrities.ts'
import type { Skeletons } from './skeletons.ts'
import type { Timelines } from './timelines.ts'

export interface RepostedDeps {
  db: Pick<Db, 'tx'>
  outbox: Pick<Outbox, 'append'>
  timelineStore: Pick<TimelineStore, 'pushMany'>
  timelines: Pick<Timelines, 'active' | 'present'>
  skeletons: Pick<Skeletons, 'add' | 'forget'>
  celebrities: Pick<Celebrities, 'add' | 'has'>
  graph: Pick<Graph, 'followerCounts' | 'following' | 'followersAfter'>
  reposts: Pick<Reposts, 'isReposted' | 'newestBy'>
  celebrityFollowers: number
}

/** Followers per insert, and per event, after which others get their turn. */
const CHUNK = 1000
const AT_ONCE = 10 * CHUNK

interface Repost {
  post_id: PostId
  author_id: UserId
  /** Who passed it on. */
  user_id: UserId
}

/**
 * Posts that members pass on to their followers stand in their timelines where they belong by their time, as their authors', and are believed on
 * each read only while somebody whom the reader follows passes them on. Those of members with very many followers are not pushed: they are pulled
 * when a follower reads.
 */
export class Reposted {
  readonly #deps: RepostedDeps

  constructor(deps: RepostedDeps) {
    this.#deps = deps
  }

  async publish({ user_id, ...post }: Repost, after: UserId | null, signal: AbortSignal): Promise<void> {
    const { db, outbox, graph, reposts, timelines, timelineStore, skeletons } = this.#deps
    if (!(await reposts.isReposted(user_id, post.post_id))) return
    if (await this.#isPulled(user_id)) return
    let last = after
    for (let pushed = 0; pushed < AT_ONCE; pushed += CHUNK) {
      signal.throwIfAborted()
      const followers: UserId[] = await graph.followersAfter(user_id, last, CHUNK)
      const active = await timelines.active(followers)
      if (active.length > 0) {
        await timelineStore.pushMany(active, [post])
        await skeletons.add(await timelines.present(active), [post])
      }
      if (followers.length < CHUNK) return
      last = followers.at(-1) ?? null
    }
    if (last === null) return
    const payload = { ...post, user_id, after: last }
    await db.tx((tx) => outbox.append(tx, [{ type: 'feed.repost_due', payload }]))
  }

  async #isPulled(userId: UserId): Promise<boolean> {
    const { celebrities, graph, celebrityFollowers } = this.#deps
    if (await celebrities.has(userId)) return true
    const followers = (await graph.followerCounts([userId])).get(userId)?.followers_count ?? 0
    if (followers <= celebrityFollowers) return false
    await celebrities.add(userId)
    return true
  }

  /** What a member passed on of late comes with following them. */
  async backfill(followerId: UserId, followeeId: UserId): Promise<void> {
    await this.#fill(followerId, [followeeId])
  }

  /** What went with its author, who is followed no more, stays where somebody else passes it on. */
  async keep(followerId: UserId): Promise<void> {
    await this.#fill(followerId, await this.#deps.graph.following(followerId))
  }

  async #fill(followerId: UserId, ids: readonly UserId[]): Promise<void> {
    const { reposts, timelines, timelineStore } = this.#deps
    const found = await reposts.newestBy(ids)
    if (found.length === 0) return
    const active = await timelines.active([followerId])
    if (active.length > 0) await timelineStore.pushMany(active, found)
  }
}
