import type { Sql } from '../../db/port.ts'
import { hasBacklog } from './backlog.ts'
import type { Feed, FeedHost } from './feed.ts'
import { hasEventsFrom } from './log-store.ts'
import { OutboxReader } from './outbox-reader.ts'

/** Groups read the outbox itself. */
export function outboxFeed(db: Sql, host: FeedHost): Feed {
  const reader = new OutboxReader({ db: host.query, prepare: host.prepare.bind(host), onError: host.onError })
  const { tail } = reader
  return {
    start: () => tail.start(),
    begin: async () => {},
    sourceOf: (types) => reader.sourceOf(types),
    wake: () => tail.wake(),
    poke: () => tail.poke(),
    /** With every share in this process what it has read is all there is; otherwise the database knows. */
    async hasMore() {
      if (host.ownsAll) return (await hasEventsFrom(db, tail.frontier)) || !host.isIdle
      await host.flush()
      return hasBacklog(db, host.groupIds)
    },
    lost: () => {},
    release: () => tail.release(),
    stop: () => tail.stop(),
  }
}
