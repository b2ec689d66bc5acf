import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import { tellTopics } from '../../kit/topic-channel.ts'
import type { Announcing } from './announcing.ts'
import type { LiveDeps } from './deps.ts'
import type { Lives } from './lives.ts'
import type { LiveNote } from './notes.ts'

const CHANGED: LiveNote = { what: 'changed' }

/** What facts about lives mean for those who watch, and for those who follow. */
export const liveConsumers = (
  announcing: Pick<Announcing, 'began' | 'ended'>,
  lives: Pick<Lives, 'endOpenOf'>,
  broadcast: LiveDeps['broadcast'],
): Consumer[] => [
  consumer({
    group: 'live.hosts',
    types: ['user.hidden'],
    handle: ({ payload }) => lives.endOpenOf(payload.user_id),
  }),
  consumer({
    group: 'live.told',
    types: ['live.started', 'live.changed', 'live.ended', 'live.removed', 'live.restored'],
    batch: 200,
    async handleBatch(events) {
      const ids = new Set(events.map(({ payload }) => payload.live_id))
      await tellTopics(
        broadcast,
        'live',
        [...ids].map((id) => ({ id, note: CHANGED })),
      ).catch(() => {})
    },
  }),
  consumer({
    group: 'live.announced',
    types: ['live.started', 'live.ended'],
    handle: ({ type, payload }, signal) =>
      type === 'live.started' ? announcing.began(payload, signal) : announcing.ended(payload, signal),
  }),
]
