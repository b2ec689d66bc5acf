import type { PostId, UserId } from '@tintype/contract'
import type { FeedEntry } from './merge.ts'

/** A post that is to be pushed to its author's followers with ids above `after`. */
interface Push<First> {
  post: FeedEntry
  after: UserId | null
  /** The first of them, where they are known. */
  first?: First
  signal: AbortSignal
}
interface Waiting<First> extends Push<First> {
  resolve(): void
  reject(error: unknown): void
}

/** Posts of one author that go to the same followers together. */
export interface Pass<First> {
  posts: readonly FeedEntry[]
  author_id: UserId
  after: UserId | null
  first: First | undefined
  /** The author's posts follow one another closely: told as soon as the second one comes. */
  isBurst(): boolean
  /** Throws where the process is to do no more for them. */
  throwIfStopped(): void
}

/**
 * An author's pushes, one after the other:
 *
 *   calm, one post --another one--> burst --BURST_MS without a push--> forgotten
 */
interface Queue<First> {
  waiting: Waiting<First>[]
  posts: Set<PostId>
  isRunning: boolean
  timer: NodeJS.Timeout | undefined
}

/** A post that follows the end of the author's last push within so long is of the same burst. Milliseconds. */
const BURST_MS = 10_000

/** What waits to be pushed, by author. Posts that wait for the same followers are taken together. */
export class AuthorQueues<First> {
  readonly #queues = new Map<UserId, Queue<First>>()
  readonly #push: (pass: Pass<First>) => Promise<void>

  constructor(push: (pass: Pass<First>) => Promise<void>) {
    this.#push = push
  }

  /** The author has pushed just now. */
  has(authorId: UserId): boolean {
    return this.#queues.has(authorId)
  }

  join(push: Push<First>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const { author_id, post_id } = push.post
    const queue = this.#queues.get(author_id) ?? newQueue<First>()
    this.#queues.set(author_id, queue)
    queue.posts.add(post_id)
    queue.waiting.push({ ...push, resolve, reject })
    if (!queue.isRunning) void this.#run(author_id, queue)
    return promise
  }

  async #run(authorId: UserId, queue: Queue<First>): Promise<void> {
    queue.isRunning = true
    clearTimeout(queue.timer)
    while (queue.waiting.length > 0) {
      const after = queue.waiting[0]?.after ?? null
      const taken = queue.waiting.filter((push) => push.after === after)
      queue.waiting = queue.waiting.filter((push) => push.after !== after)
      try {
        await this.#push(passOf(taken, authorId, queue))
        for (const { resolve } of taken) resolve()
      } catch (error) {
        for (const { reject } of taken) reject(error)
      }
    }
    queue.isRunning = false
    queue.timer = setTimeout(() => this.#queues.delete(authorId), BURST_MS).unref()
  }
}

const newQueue = <First>(): Queue<First> => ({
  waiting: [],
  posts: new Set(),
  isRunning: false,
  timer: undefined,
})

function passOf<First>(taken: readonly Push<First>[], author_id: UserId, queue: Queue<First>): Pass<First> {
  return {
    posts: taken.map((push) => push.post),
    author_id,
    after: taken[0]?.after ?? null,
    first: taken[0]?.first,
    isBurst: () => queue.posts.size > 1,
    throwIfStopped() {
      for (const { signal } of taken) signal.throwIfAborted()
    },
  }
}
