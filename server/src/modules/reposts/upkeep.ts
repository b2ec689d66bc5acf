import type { PostId, UserId } from '@tintype/contract'
import { inChunks } from '../../kit/in-chunks.ts'
import type { RepostDeps } from './deps.ts'
import type { Reposts } from './reposts.ts'
import * as store from './store.ts'

const CHUNK = 500

/** What facts ask of reposts. Each may be run again at any point. */
export class RepostUpkeep {
  readonly #deps: RepostDeps & { reposts: Reposts }

  constructor(deps: RepostDeps & { reposts: Reposts }) {
    this.#deps = deps
  }

  /** What came after its post was deleted goes after it. */
  async count(postIds: readonly PostId[], signal: AbortSignal): Promise<void> {
    await store.repostCounters.apply(this.#deps.db.query, postIds)
    const there = await this.#deps.posts.records(postIds)
    for (const id of postIds) if (!there.has(id)) await this.erasePost(id, signal)
  }

  async sweep(signal: AbortSignal): Promise<void> {
    await store.repostCounters.sweep(this.#deps.db.query, (ids) => this.count(ids, signal), signal)
  }

  recountAll(signal: AbortSignal): Promise<number> {
    const { db } = this.#deps
    return inChunks<PostId>(
      (after) => store.repostedAfter(db.query, after, CHUNK),
      (ids) => store.recount(db, ids),
      signal,
    )
  }

  async erasePost(postId: PostId, signal: AbortSignal): Promise<void> {
    const { db } = this.#deps
    for (;;) {
      signal.throwIfAborted()
      const some = await store.someSharers(db.query, postId, CHUNK)
      if (some.length > 0) await db.tx((tx) => store.dropReposts(tx, some, [postId]))
      if (some.length < CHUNK) break
    }
    await store.repostCounters.drop(db.query, postId)
  }

  /** Neither passes on what the other posted. */
  async parted(one: UserId, other: UserId, signal: AbortSignal): Promise<void> {
    await this.#removeAll(one, signal, other)
    await this.#removeAll(other, signal, one)
  }

  async eraseMember(userId: UserId, signal: AbortSignal): Promise<void> {
    await this.#removeAll(userId, signal)
    await store.eraseSettings(this.#deps.db.query, userId)
  }

  async #removeAll(userId: UserId, signal: AbortSignal, authorId?: UserId): Promise<void> {
    const { db, reposts } = this.#deps
    for (;;) {
      signal.throwIfAborted()
      const some = await store.someOf(db.query, userId, CHUNK, authorId)
      if (some.length > 0) await reposts.remove(userId, some)
      if (some.length < CHUNK) return
    }
  }
}
