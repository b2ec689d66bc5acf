import type { PostId } from '@tintype/contract'
import { dayOf, idTime } from '../../kit/ids.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import type { ReelDeps } from './deps.ts'
import * as store from './listing-store.ts'

const CHUNK = 500

/** Which reels stand in which lists, from the posts. Each may be run again at any point. */
export class ReelListing {
  readonly #deps: Pick<ReelDeps, 'db' | 'posts'>

  constructor(deps: Pick<ReelDeps, 'db' | 'posts'>) {
    this.#deps = deps
  }

  async list(ids: readonly PostId[]): Promise<void> {
    const { db, posts } = this.#deps
    for (const [post_id, { author_id, status, reel }] of await posts.records(ids)) {
      if (!reel) continue
      const place = { post_id, author_id, day: dayOf(idTime(post_id)) }
      const sound_id = reel.sound_id ?? (reel.shares_sound ? post_id : null)
      if (status === 'published') await store.listReel(db.query, { ...place, sound_id })
      else await store.unlistReel(db.query, place)
    }
  }

  erase(reel: store.ReelRef): Promise<void> {
    return store.eraseReel(this.#deps.db.query, { ...reel, day: dayOf(idTime(reel.post_id)) })
  }

  listAll(signal: AbortSignal): Promise<number> {
    return inChunks<PostId>(
      (after) => this.#deps.posts.idsAfter(after, CHUNK),
      (ids) => this.list(ids),
      signal,
    )
  }
}
