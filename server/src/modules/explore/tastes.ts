import type { PostId, UserId } from '@tintype/contract'
import { FAST, heatOf, SLOW, tasteWeight } from './decay.ts'
import type { ExploreDeps } from './deps.ts'
import * as store from './taste-store.ts'

/** Kept of each member: what their taste is known by. */
export const DEEDS = 100
/** Posts kept as close to one. Trimmed now and then, so there may be some more. */
const CLOSEST = 200
/** How many of what a member did before something new is paired with; so nobody's zeal outweighs everybody else's. */
const PAIRED = 10
/** Pairs counted for one batch, about: where many events wait, each is paired with fewer, so that a batch costs the same. */
const PAIRS = 1000
const TRIM_EVERY = 8

interface Act {
  user_id: UserId
  post_id: PostId
  kind: keyof typeof store.deedBits
  stands: boolean
}

/** What members do to posts, as counts of what goes with what and of what is popular now. */
export class Tastes {
  readonly #deps: Pick<ExploreDeps, 'db' | 'clock' | 'posts'>
  #batches = 0

  constructor(deps: Pick<ExploreDeps, 'db' | 'clock' | 'posts'>) {
    this.#deps = deps
  }

  /** Counts them, but for what is for circles, which nothing may come of for others; what was counted before is counted no second time. */
  async note(acts: readonly Act[]): Promise<void> {
    const { db, clock, posts } = this.#deps
    const records = await posts.records([...new Set(acts.map((act) => act.post_id))])
    const open = [...records.values()].filter(({ circles }) => circles.length === 0)
    const authors = new Map(open.map(({ post_id, author_id }) => [post_id, author_id]))
    const { added, removed } = lastOf(acts.filter((act) => ofOthers(act, authors)))
    const now = clock.now()
    const isTrimming = this.#batches++ % TRIM_EVERY === 0
    await db.tx(async (tx) => {
      await store.removeDeeds(tx, removed)
      const fresh = await store.addDeeds(tx, added, new Date(now))
      if (fresh.length === 0) return
      const most = Math.max(1, Math.min(PAIRED, Math.floor(PAIRS / fresh.length)))
      await store.countPairs(tx, fresh, { most, weight: tasteWeight(now) })
      await this.#heat(tx, fresh, authors, now)
      const members = [...new Set(fresh.map((deed) => deed.user_id))]
      await store.trimDeeds(tx, members, DEEDS)
      if (isTrimming) await store.trimPairs(tx, [...new Set(fresh.map((deed) => deed.post_id))], CLOSEST)
    })
  }

  async #heat(
    tx: Parameters<typeof store.heatPosts>[0],
    deeds: readonly store.Deed[],
    authors: ReadonlyMap<PostId, UserId>,
    now: number,
  ): Promise<void> {
    const [byPost, byAuthor] = [new Map<PostId, number>(), new Map<UserId, number>()]
    for (const { post_id } of deeds) {
      byPost.set(post_id, (byPost.get(post_id) ?? 0) + 1)
      const author = authors.get(post_id)
      if (author) byAuthor.set(author, (byAuthor.get(author) ?? 0) + 1)
    }
    const weight = tasteWeight(now)
    const posts = [...byPost].map(
      ([id, count]) => [id, { weight: count * weight, heat: heatOf(count, now, FAST) }] as const,
    )
    await store.heatPosts(tx, new Map(posts))
    await store.heatAuthors(
      tx,
      new Map([...byAuthor].map(([id, count]) => [id, heatOf(count, now, SLOW)] as const)),
    )
  }
}

const ofOthers = ({ user_id, post_id }: Act, authors: ReadonlyMap<PostId, UserId>): boolean => {
  const author = authors.get(post_id)
  return author !== undefined && author !== user_id
}

/** What of several acts on one post is left in the end. */
function lastOf(acts: readonly Act[]): { added: store.Deed[]; removed: store.Deed[] } {
  const [added, removed] = [new Map<string, store.Deed>(), new Map<string, store.Deed>()]
  for (const { user_id, post_id, kind, stands } of acts) {
    const key = `${user_id} ${post_id}`
    const bit = store.deedBits[kind]
    const [to, from] = stands ? [added, removed] : [removed, added]
    to.set(key, { user_id, post_id, kinds: (to.get(key)?.kinds ?? 0) | bit })
    const other = from.get(key)
    if (other) other.kinds &= ~bit
  }
  const some = (deeds: Map<string, store.Deed>) => [...deeds.values()].filter((deed) => deed.kinds !== 0)
  return { added: some(added), removed: some(removed) }
}
