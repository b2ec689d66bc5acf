import type { PostId, UserId } from '@tintype/contract'
import { idFloor, newId } from '../../../kit/ids.ts'
import type { Db } from '../../db/port.ts'
import type { Outbox } from '../../outbox/port.ts'
import { type Consumer, consumer, type Event, type EventLog } from '../port.ts'

/** A process's log, and what is written for it there. */
export type LogWithOutbox = EventLog & { outbox: Outbox }

export interface EventLogFixture {
  /** Where the transactions are that events are appended in. */
  db: Db
  /** Another process on the same log, which is empty at the start of each case. Retries come after a few milliseconds. */
  open(): Promise<LogWithOutbox>
  /** The process of this handle is gone at once: it reaches nothing any more, and nobody was told. */
  crash(log: LogWithOutbox): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What the cases speak of: posts are keys, numbered likes are their events. */
export interface Scene extends EventLogFixture {
  one: LogWithOutbox
  two: LogWithOutbox
}

export type Like = Event<'post.liked'>

const author = newId<UserId>()
/** A like with a number in it. */
export const like = (post: PostId, n: number) =>
  ({
    type: 'post.liked',
    payload: { post_id: post, author_id: author, user_id: idFloor<UserId>(n) },
  }) as const
export const numberOf = (event: Like): number =>
  Number.parseInt(event.payload.user_id.slice(0, 13).replace('-', ''), 16)
export const newPosts = (count: number) => Array.from({ length: count }, () => newId<PostId>())

export const append = ({ db, one }: Scene, ...likes: ReturnType<typeof like>[]) =>
  db.tx((tx) => one.outbox.append(tx, likes))

/** Notes what it is told, by post, and does what it is asked to with it first. */
export class Listener {
  readonly heard: Like[] = []
  readonly #act: (event: Like, signal: AbortSignal) => Promise<void> | void

  constructor(act: (event: Like, signal: AbortSignal) => Promise<void> | void = () => {}) {
    this.#act = act
  }

  as(group: string, options: Partial<Pick<Consumer, 'concurrency' | 'maxAttempts'>> = {}): Consumer {
    return consumer({
      group,
      types: ['post.liked'],
      ...options,
      handle: async (event, signal) => {
        await this.#act(event, signal)
        this.heard.push(event)
      },
    })
  }

  /** The numbers heard of a post, in order. */
  of(post: PostId): number[] {
    return this.heard.filter((event) => event.key === post).map(numberOf)
  }
}

/** Waits, looking every few milliseconds, until it holds; fails after ten seconds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what = 'what was waited for',
): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come about`)
    await pause(2)
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A list without what was told again: the first of each number. */
export const firsts = (numbers: readonly number[]) => [...new Set(numbers)]
