import { attachedTo, type StoryId } from '@tintype/contract'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { StoriesLive } from './live.ts'
import type { Posting } from './posting.ts'
import type { StoriesReader } from './reader.ts'
import type { Relations } from './relations.ts'
import type { StoriesUpkeep } from './upkeep.ts'

interface StoryEventDeps {
  posting: Pick<Posting, 'publish' | 'fail'>
  reader: Pick<StoriesReader, 'forget' | 'forgetHighlights'>
  relations: Pick<Relations, 'forget'>
  upkeep: StoriesUpkeep
  live: StoriesLive
}

export const storyConsumers = ({ posting, reader, relations, upkeep, live }: StoryEventDeps): Consumer[] => [
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
  // A process that died between its commit and its forgetting left what was before; these are told at least once.
  consumer({
    group: 'stories.cache',
    types: ['story.published', 'story.failed', 'story.deleted', 'stories.list_changed', 'highlight.changed'],
    async handle({ type, payload }) {
      if (type === 'stories.list_changed') await relations.forget([payload.owner_id, payload.member_id])
      else if (type === 'highlight.changed') {
        const { user_id, highlight_id, story_ids } = payload
        await reader.forgetHighlights(user_id, [highlight_id])
        await reader.forget(story_ids.map((story_id) => ({ story_id, author_id: user_id })))
      } else await reader.forget([payload])
      // Only now: who is told reads again at once.
      if (type === 'story.published') await live.published(payload.story_id)
      if (type === 'story.failed') await live.status(payload, 'failed')
    },
  }),
]
