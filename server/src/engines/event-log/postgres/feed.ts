import type { Sql } from '../../db/port.ts'
import type { Member } from './group.ts'
import type { EventRow } from './rows.ts'
import type { ReaderSource } from './share-reader.ts'

/** The process that a feed is of. */
export interface FeedHost {
  /** On the connection that the process's locks hang on. */
  readonly query: Sql
  readonly isIdle: boolean
  readonly ownsAll: boolean
  readonly groupIds: number[]
  /** To be called with what was read, and awaited, before it is handed out. */
  prepare(rows: readonly EventRow[]): Promise<void>
  /** Takes part with something that is no consumer. */
  join(member: Member): Promise<void>
  /** Something is to be written soon. */
  touch(): void
  flush(): Promise<void>
  onError(error: unknown): void
}

/** The way of events from the outbox to the groups of a process. */
export interface Feed {
  start(): Promise<void>
  /** The process hears of others and may take shares from now on. */
  begin(): Promise<void>
  sourceOf(types: readonly string[]): ReaderSource
  /** Something was committed, or is about to be. */
  wake(): void
  /** Takes in what is committed by now. */
  poke(): Promise<void>
  /** Whether anything committed is not settled in the groups of the process, wherever their shares are. */
  hasMore(): Promise<boolean>
  /** The connection is gone, and with it all shares. */
  lost(): void
  /** Lets those who wait look at their signals. */
  release(): void
  stop(): Promise<void>
}

export type OpenFeed = (host: FeedHost) => Feed
