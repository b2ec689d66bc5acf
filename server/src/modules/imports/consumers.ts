import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Checking } from './checking.ts'
import type { Running } from './running.ts'

/** An object store that is away for hours must not cost the work. */
const ATTEMPTS = 200

export const importConsumers = (
  checking: Pick<Checking, 'check'>,
  running: Pick<Running, 'go' | 'ended'>,
): Consumer[] => [
  consumer({
    group: 'imports',
    types: ['import.sent', 'import.due'],
    concurrency: 2,
    maxAttempts: ATTEMPTS,
    handle: ({ type, payload }, signal) =>
      type === 'import.sent' ? checking.check(payload) : running.go(payload, signal),
  }),
  consumer({
    group: 'imports.things',
    types: [
      'post.published',
      'post.failed',
      'post.deleted',
      'story.published',
      'story.failed',
      'story.deleted',
    ],
    async handle({ type, payload }) {
      const id = 'post_id' in payload ? payload.post_id : payload.story_id
      await running.ended(
        id,
        type.endsWith('.published') ? null : 'code' in payload ? payload.code : 'not_found',
      )
    },
  }),
]
