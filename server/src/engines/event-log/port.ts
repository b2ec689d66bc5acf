import type { Events, EventType } from '@tintype/contract'

/** An event as read: `id` is unique and stable over redeliveries, `at` is when it was appended (ms since 1970). */
export type Event<T extends EventType = EventType> = {
  [K in T]: { id: string; type: K; key: string; payload: Events[K]; at: number; attempt: number }
}[T]

/** Which groups of a process go on when there is more to do than can be done in time; `usual` unless given. */
export type Urgency = 'first' | 'soon' | 'usual' | 'last'

/**
 * A named group gets every event of its types at least once: events of one key one after the other in the order they
 * were made true, different keys side by side up to `concurrency` (default 8) over all keys in this process.
 * A handler that throws is tried again with growing pauses (only its key waits; other keys go on); after
 * `maxAttempts` (default 10) the event becomes a dead letter and its key goes on. What is `unavailable` is no attempt: it is tried again,
 * each half a minute at least, for as long as that takes.
 */
export type Consumer<T extends EventType = EventType> = {
  group: string
  types: readonly T[]
  concurrency?: number
  maxAttempts?: number
  urgency?: Urgency
} & (
  | { handle(event: Event<T>, signal: AbortSignal): Promise<void> }
  /** For counters and bulk writes: up to `batch` events of any keys at once, keys' orders kept; succeeds or fails whole. */
  | { batch: number; handleBatch(events: readonly Event<T>[], signal: AbortSignal): Promise<void> }
)

/** Gives the compiler the link between `types` and the handler's payload. */
export const consumer = <const T extends EventType>(definition: Consumer<T>): Consumer =>
  definition as unknown as Consumer

export interface DeadLetter {
  event: Event
  group: string
  error: string
  failed_at: number
}

/** Tells what stands in the outbox. */
export interface EventLog {
  /** Starts reading for a group from where it stopped last; a group never seen starts at the beginning of the log. */
  subscribe(consumer: Consumer): Promise<AsyncDisposable>
  /** Resolves once every group subscribed here has handled all that was committed before the call and all that came of it. For tests and shutdown. */
  drain(): Promise<void>
  /** By group: events waiting, and the age in seconds of the oldest. */
  backlog(): Promise<{ group: string; waiting: number; oldestSeconds: number }[]>
  deadLetters(options?: { group?: string; limit?: number }): Promise<DeadLetter[]>
  /** Gives dead letters back to their group; answers how many. */
  replay(options: { group: string; eventIds?: readonly string[] }): Promise<number>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
