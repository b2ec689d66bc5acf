import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { PushSource } from '../push-source.ts'
import type { Digests } from './digest.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface ChannelEventDeps {
  sources: readonly PushSource[]
  dispatcher: Pick<Dispatcher, 'hear'>
  subscriptions: Pick<Subscriptions, 'endSessions'>
  digests: Pick<Digests, 'plan' | 'send'>
}

export const channelConsumers = ({
  sources,
  dispatcher,
  subscriptions,
  digests,
}: ChannelEventDeps): Consumer[] => [
  // A group for each source: messages do not stand behind a million likes even here.
  ...sources.map((source) =>
    consumer({
      group: `channels.push.${source.name}`,
      urgency: 'soon',
      types: source.types,
      batch: 200,
      handleBatch: async (events) => dispatcher.hear(source, await source.hints(events)),
    }),
  ),
  consumer({
    group: 'channels.sessions',
    types: ['user.sessions_ended'],
    handle: ({ payload }) => subscriptions.endSessions(payload.session_ids),
  }),
  consumer({
    group: 'channels.digests',
    types: ['notifications.changed'],
    batch: 200,
    handleBatch: (events) => digests.plan(events),
  }),
  consumer({
    group: 'channels.mails',
    types: ['digest.due'],
    maxAttempts: 200,
    handle: ({ payload }) => digests.send(payload.user_id, payload.since, payload.day),
  }),
]
