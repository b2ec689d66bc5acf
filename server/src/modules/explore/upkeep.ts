import type { PostId, UserId } from '@tintype/contract'
import { idFloor } from '../../kit/ids.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import { FAST } from './decay.ts'
import type { ExploreDeps } from './deps.ts'
import { placeKey } from './places.ts'
import { eraseRefusals } from './refusal-store.ts'
import * as tastes from './taste-store.ts'
import { eraseWindows, forgetWindows } from './window-store.ts'

const DAY = 86_400_000
/** A visit is remembered for so long, and with it what was shown. Milliseconds. */
const VISIT = 14 * DAY
/** A post to which nothing happens for so long goes with nothing any more. Milliseconds. */
const COLD = 90 * DAY
const CHUNK = 500

/** What facts and time ask of explore. Each may be run again at any point. */
export class ExploreUpkeep {
  readonly #deps: Pick<ExploreDeps, 'db' | 'clock' | 'posts'>

  constructor(deps: Pick<ExploreDeps, 'db' | 'clock' | 'posts'>) {
    this.#deps = deps
  }

  async placePosts(ids: readonly PostId[]): Promise<void> {
    const { db, posts } = this.#deps
    for (const [id, post] of await posts.records(ids)) {
      const isOpen = post.status === 'published' && post.circles.length === 0
      const place = isOpen ? placeKey(post.location) : null
      await tastes.setPlace(db.query, id, place)
    }
  }

  erasePost(id: PostId): Promise<void> {
    return tastes.erasePost(this.#deps.db.query, id)
  }

  async eraseMember(userId: UserId): Promise<void> {
    const { db } = this.#deps
    await tastes.eraseTastes(db.query, userId)
    await eraseRefusals(db.query, userId)
    await eraseWindows(db.query, userId)
  }

  async forget(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const now = clock.now()
    while (!signal.aborted && (await forgetWindows(db.query, idFloor(now - VISIT), CHUNK)));
    while (!signal.aborted && (await tastes.forgetCold(db.query, (now - COLD) / FAST, CHUNK)));
  }

  /** The access path of places, from the posts. */
  placeAll(signal: AbortSignal): Promise<number> {
    return inChunks<PostId>(
      (after) => this.#deps.posts.idsAfter(after, CHUNK),
      (ids) => this.placePosts(ids),
      signal,
    )
  }
}
