import { events } from '@tintype/contract'
import type { Clock } from '../../../kit/clock.ts'
import type { Sql } from '../../db/port.ts'
import type { KafkaTopic } from '../../kafka/port.ts'
import { SHARES } from '../../outbox/port.ts'
import { hasBacklog } from '../postgres/backlog.ts'
import type { Feed, FeedHost } from '../postgres/feed.ts'
import { RELAY, registerGroup } from '../postgres/log-store.ts'
import { Copy } from './copy.ts'
import { Relay } from './relay.ts'

export interface KafkaFeedOptions {
  db: Sql
  topic: KafkaTopic
  clock: Clock
}

/** Groups read the topic, to which one of the processes sends what stands in the outbox. */
export function kafkaFeed({ db, topic, clock }: KafkaFeedOptions, host: FeedHost): Feed {
  const { onError } = host
  const copy = new Copy({ db, topic, prepare: host.prepare.bind(host), onError })
  let relay: Relay | undefined
  return {
    async start() {
      await topic.id()
    },
    async begin() {
      const types = Object.keys(events)
      const id = await registerGroup(db, { name: RELAY, types, shares: SHARES, now: clock.now() })
      relay = new Relay(id, { db, topic, touch: () => host.touch(), onError })
      await host.join(relay)
    },
    sourceOf: () => copy.source,
    // It may be another database now, or an earlier state of it.
    lost: () => copy.lose(),
    wake: () => relay?.wake(),
    poke: async () => relay?.poke(),
    async hasMore() {
      await host.flush()
      return !host.isIdle || hasBacklog(db, host.groupIds)
    },
    release() {
      copy.release()
      relay?.release()
    },
    stop: () => copy.stop(),
  }
}
