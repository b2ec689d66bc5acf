import { attachedTo, type StoryId } from '@tintype/contract'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { StoriesLive } from './live.ts'
import type { Posting } from './posting.ts'
import type { StoriesUpkeep } from './upkeep.ts'

interface StoryEventDeps {
  posting: Pick<Posting, 'publish' | 'fail'>
  upkeep: StoriesUpkeep
  live: StoriesLive
}

export const storyConsumers = ({ posting, upkeep, live }: StoryEventDeps): Consumer[] => [
  consumer({
    group: 'stories',
    types: ['media.ready', 'media.failed'],
    async handle({ type, payload }) {
      const { kind, id } = attachedTo(payload)
      if (kind !== 'story') return
      if (type === 'media.ready') await posting.publish(id as StoryId)
      else await posting.fail(id as StoryId, payload.code)
    },
  }),
  consumer({
    group: 'stories.erasure',
    types: ['story.deleted'],
    handle: ({ payload }, signal) => upkeep.eraseStory(payload.story_id, signal),
  }),
  consumer({
    group: 'stories.views',
    types: ['story.viewed'],
    batch: 500,
    async handleBatch(events, signal) {
      await upkeep.eraseLate([...new Set(events.map((event) => event.payload.story_id))], signal)
      await live.viewed(events)
    },
  }),
  consumer({
    group: 'stories.live',
    types: ['story.published', 'story.failed'],
    async handle({ type, payload }) {
      if (type === 'story.published') await live.published(payload.story_id)
      else await live.status(payload, 'failed')
    },
  }),
]
