import type { CircleId, PostId, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import { tellMembers } from '../../kit/member-channel.ts'
import { turns } from '../../kit/turns.ts'
import type { Circles, Graph } from '../graph/api.ts'
import { AuthorQueues, type Pass } from './author-queues.ts'
import type { Celebrities } from './celebrities.ts'
import type { FeedEntry } from './merge.ts'
import type { Skeletons } from './skeletons.ts'
import type { Timelines } from './timelines.ts'

export interface FanoutDeps {
  db: Pick<Db, 'tx'>
  outbox: Pick<Outbox, 'append'>
  broadcast: Pick<Broadcast, 'publish'>
  timelineStore: Pick<TimelineStore, 'pushMany'>
  timelines: Pick<Timelines, 'active' | 'present'>
  skeletons: Pick<Skeletons, 'add' | 'forget'>
  celebrities: Pick<Celebrities, 'has' | 'add' | 'addRecent' | 'forgetRecent'>
  graph: Pick<Graph, 'followerCounts' | 'followersAfter' | 'followersAmong' | 'mutersAmong'>
  circles: Pick<Circles, 'membersOf'>
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<unknown>
  celebrityFollowers: number
}

/** Followers per insert. */
const CHUNK = 1000
/** Followers per event, after which what is done is safe from a crash, and others get their turn. */
const AT_ONCE = 10 * CHUNK
/** Entries: with fewer an author's pushes are never spread over time. */
const LONG = 100
/** The same of a burst: followers that are read, and entries per insert. */
const GENTLE_CHUNK = 250
const GENTLE_INSERT = 150
/** Posts being looked at, beyond which the next waits. */
const POSTS_AT_ONCE = 8

/** Followers of a chunk. */
interface Audience {
  /** Those who get fan-out. */
  active: UserId[]
  found: number
  /** Where the next chunk begins; undefined where this is the last. */
  last: UserId | undefined
}

/**
 * Pushes posts to the timelines of their authors' followers: a post that comes alone at full speed, those that follow one another
 * closely (a burst) together and in small pieces with long rests, so that nobody else feels them.
 */
export class Fanout {
  readonly #deps: FanoutDeps
  readonly #queues = new AuthorQueues<Audience>((pass) => this.#pass(pass))
  readonly #look = turns(POSTS_AT_ONCE)
  /** Inserts at full speed go one after the other and rest where others wait: eight at once took everybody's p99 from 2 to 50-125 ms. */
  readonly #inTurn = turns(1, { times: 1 })
  /** The bursts of all authors together take a fifth of the time. */
  readonly #gently = turns(1, { times: 4, always: true })

  constructor(deps: FanoutDeps) {
    this.#deps = deps
  }

  /** Resolves when the post stands in all timelines, or an event goes on with the rest; throws where `signal` stops it. */
  async publish(post: FeedEntry, signal: AbortSignal): Promise<void> {
    const isBurst = this.#queues.has(post.author_id)
    const first = await this.#look(() => (isBurst ? this.#pushOwn(post) : this.#begin(post)))
    if (isBurst) await this.#queues.join({ post, after: null, signal })
    else if (first) await this.#queues.join({ post, after: null, first, signal })
  }

  /**
   * To its author, and to those in one of the circles who follow them: few enough to be pushed to, whoever that is. `isNews`: those who
   * are here are told.
   */
  async toCircles(
    post: FeedEntry,
    { circles, isNews }: { circles: readonly CircleId[]; isNews: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    await this.#pushHome(post)
    const members = await this.#deps.circles.membersOf(circles)
    for (let from = 0; from < members.length; from += CHUNK) {
      signal.throwIfAborted()
      const some = members.slice(from, from + CHUNK)
      const active = await this.#deps.timelines.active(
        await this.#deps.graph.followersAmong(post.author_id, some),
      )
      await this.#inTurn(() => this.#push([post], active))
      if (isNews) await this.#tell([post], active)
    }
  }

  /** The rest of a post's followers. */
  async goOn(post: FeedEntry, after: UserId | null, signal: AbortSignal): Promise<void> {
    await this.#queues.join({ post, after, signal })
  }

  /** A post that has another author now, for whose followers it stands where it belongs by its time. It is no news to anybody. */
  async join(post: FeedEntry, signal: AbortSignal): Promise<void> {
    await this.putBack(post, signal)
    await this.#eachChunk(post.author_id, signal, (active) => this.#deps.skeletons.add(active, [post]))
  }

  /** A post that was there for this author is not any more: whoever follows them reads their feed anew. */
  async part({ author_id }: FeedEntry, signal: AbortSignal): Promise<void> {
    await this.#deps.celebrities.forgetRecent(author_id)
    await this.#deps.skeletons.forget([author_id])
    await this.#eachChunk(author_id, signal, (active) => this.#deps.skeletons.forget(active))
  }

  /** A post that was away: it goes to those timelines, too, that were made or joined meanwhile. It is no news to anybody. */
  async putBack(post: FeedEntry, signal: AbortSignal): Promise<void> {
    await this.#pushOwn(post)
    if (await this.#deps.celebrities.has(post.author_id)) return
    await this.#eachChunk(post.author_id, signal, (active) => this.#inTurn(() => this.#push([post], active)))
  }

  async #eachChunk(
    authorId: UserId,
    signal: AbortSignal,
    work: (active: readonly UserId[]) => Promise<void>,
  ): Promise<void> {
    let after: UserId | null = null
    do {
      signal.throwIfAborted()
      const { active, last }: Audience = await this.#audience(authorId, after, CHUNK)
      await work(active)
      after = last ?? null
    } while (after !== null)
  }

  /** Pushes where there are few, or nobody, to push to; otherwise answers whom to push to first. */
  async #begin(post: FeedEntry): Promise<Audience | undefined> {
    const { celebrities } = this.#deps
    const { author_id } = post
    if (await celebrities.has(author_id)) return this.#addPulled(post)
    const first = await this.#audience(author_id, null, CHUNK)
    if ((await this.#followersOf(author_id, first)) > this.#deps.celebrityFollowers) {
      await celebrities.add(author_id)
      return this.#addPulled(post)
    }
    await this.#pushOwn(post)
    if (first.last || first.active.length > LONG) return first
    await this.#push([post], first.active)
    await this.#tell([post], first.active)
  }

  /** Whoever reads next finds the post's parts in the cache, instead of all waiting for them. */
  async #addPulled(post: FeedEntry): Promise<undefined> {
    await this.#warm([post])
    await this.#pushOwn(post)
  }

  /** Authors see what they post at once. */
  async #pushOwn(post: FeedEntry): Promise<undefined> {
    await this.#pushHome(post)
    await this.#deps.celebrities.addRecent(post)
  }

  async #pushHome(post: FeedEntry): Promise<void> {
    const { timelines, skeletons } = this.#deps
    const own = await timelines.active([post.author_id])
    await this.#push([post], own)
    await skeletons.add(own, [post])
  }

  async #warm(posts: readonly FeedEntry[]): Promise<void> {
    const ids = posts.map((post) => post.post_id)
    await this.#deps.show(null, ids)
  }

  async #audience(authorId: UserId, after: UserId | null, limit: number): Promise<Audience> {
    const followers = await this.#deps.graph.followersAfter(authorId, after, limit)
    const last = followers.length === limit ? followers.at(-1) : undefined
    return { active: await this.#deps.timelines.active(followers), found: followers.length, last }
  }

  async #followersOf(authorId: UserId, first: Audience): Promise<number> {
    if (first.last === undefined) return first.found
    return (await this.#deps.graph.followerCounts([authorId])).get(authorId)?.followers_count ?? 0
  }

  async #pass(pass: Pass<Audience>): Promise<void> {
    const { posts, author_id, isBurst } = pass
    let { after } = pass
    let pushed = 0
    await this.#warm(posts)
    if (!isBurst()) {
      const done = await this.#atFullSpeed(
        pass,
        pass.first ?? (await this.#audience(author_id, after, CHUNK)),
      )
      if (!done.last) return
      after = done.last
      pushed = done.pushed
    }
    if (isBurst()) {
      while (pushed < AT_ONCE) {
        pass.throwIfStopped()
        const chunk = await this.#gently(() => this.#audience(author_id, after, GENTLE_CHUNK))
        await this.#pushGently(pass, chunk.active)
        if (!chunk.last) return
        after = chunk.last
        pushed += chunk.found
      }
    }
    await this.#tellNext(posts, after)
  }

  /** While a chunk is written the next one is read, and those of the one before are told. Answers where it stopped. */
  async #atFullSpeed({ posts, author_id, isBurst }: Pass<Audience>, first: Audience) {
    let chunk: Audience | undefined = first
    let written: UserId[] = []
    let last: UserId | undefined
    let pushed = 0
    while (chunk) {
      const members: UserId[] = chunk.active
      last = chunk.last
      pushed += chunk.found
      const next: Promise<Audience> | undefined =
        last && pushed < AT_ONCE && !isBurst() ? this.#audience(author_id, last, CHUNK) : undefined
      const push = this.#inTurn(() => this.#push(posts, members))
      ;[chunk] = await Promise.all([next, push, this.#tell(posts, written)])
      written = members
    }
    await this.#tell(posts, written)
    return { last, pushed }
  }

  async #pushGently({ posts, throwIfStopped }: Pass<Audience>, members: readonly UserId[]): Promise<void> {
    const some = Math.ceil(GENTLE_INSERT / posts.length)
    for (let from = 0; from < members.length; from += some) {
      throwIfStopped()
      await this.#gently(() => this.#push(posts, members.slice(from, from + some)))
    }
    await this.#gently(() => this.#tell(posts, members))
  }

  async #push(posts: readonly FeedEntry[], members: readonly UserId[]): Promise<void> {
    if (members.length > 0) await this.#deps.timelineStore.pushMany(members, posts)
  }

  /** Asked after the push: whoever opens the app from then on reads the entries. */
  async #tell(posts: readonly FeedEntry[], members: readonly UserId[]): Promise<void> {
    const { timelines, skeletons, broadcast, graph } = this.#deps
    const [first] = posts
    if (members.length === 0 || !first) return
    const present = await timelines.present(members)
    await skeletons.add(present, posts)
    if (present.length === 0) return
    // Their feeds leave it out, so nothing waits for them.
    const muters = new Set(await graph.mutersAmong(first.author_id, present))
    const hearers = present.filter((id) => !muters.has(id))
    if (hearers.length === 0) return
    await tellMembers(broadcast, hearers, { type: 'feed.new_posts', data: { count: posts.length } })
  }

  async #tellNext(posts: readonly FeedEntry[], after: UserId | null): Promise<void> {
    const { db, outbox } = this.#deps
    const due = posts.map((post) => ({ type: 'feed.fanout_due' as const, payload: { ...post, after } }))
    await db.tx((tx) => outbox.append(tx, due))
  }
}
