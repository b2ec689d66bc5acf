import { attachedTo, type ConversationId, type MessageId } from '@tintype/contract'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Filtering } from './filtering.ts'
import type { LinkPreviews } from './links/previews.ts'
import { type ConversationsLive, toldOf } from './live.ts'
import type { SearchWords } from './search-words.ts'
import type { Sharing } from './sharing.ts'
import type { Statuses } from './statuses.ts'
import type { ConversationsUpkeep } from './upkeep.ts'

interface ConversationEventDeps {
  live: ConversationsLive
  upkeep: ConversationsUpkeep
  sharing: Pick<Sharing, 'followReaction'>
  links: Pick<LinkPreviews, 'make'>
  words: Pick<SearchWords, 'begin' | 'follow'>
  filtering: Pick<Filtering, 'filter'>
  statuses: Pick<Statuses, 'followHolding' | 'followLimit' | 'followTies'>
}

export const conversationConsumers = ({
  live,
  upkeep,
  sharing,
  links,
  statuses,
  words,
  filtering,
}: ConversationEventDeps): Consumer[] => [
  // Nothing else waits in this group, so that a message is on its way as soon as it is written.
  consumer({
    group: 'messages.live',
    urgency: 'first',
    types: toldOf,
    batch: 100,
    handleBatch: (events) => live.tell(events),
  }),
  consumer({
    group: 'messages.lines',
    urgency: 'first',
    types: ['conversation.created', 'conversation.changed', 'conversation.members_changed'],
    handle: (event) => upkeep.line(event),
  }),
  consumer({
    group: 'messages.media',
    types: ['media.ready', 'media.failed'],
    async handle({ type, payload }) {
      const { kind, id, partition } = attachedTo(payload)
      if (kind !== 'message') return
      const [conversation, message] = [partition as ConversationId, id as MessageId]
      if (type === 'media.failed') await upkeep.failed(conversation, message)
      await upkeep.settled(conversation, message)
    },
  }),
  consumer({
    group: 'messages.stories',
    types: ['story.reacted', 'story.unreacted'],
    handle: ({ payload }) => sharing.followReaction(payload.user_id, payload.author_id, payload.story_id),
  }),
  consumer({
    group: 'messages.links',
    types: ['message.sent', 'message.edited'],
    // A preview that cannot be made is none.
    maxAttempts: 2,
    handle: (event, signal) => links.make(event, signal),
  }),
  consumer({ group: 'messages.spam', types: ['message.sent'], handle: (event) => filtering.filter(event) }),
  ...holdingConsumers(statuses),
  consumer({
    group: 'messages.words',
    types: ['conversation.created', 'message.sent', 'message.edited', 'message.unsent', 'message.expired'],
    batch: 100,
    async handleBatch(events) {
      const begun = events.filter(({ type }) => type === 'conversation.created')
      await words.begin(begun.map(({ payload }) => payload.conversation_id))
      await words.follow(events.flatMap(({ payload }) => ('message_id' in payload ? [payload] : [])))
    },
  }),
  consumer({
    group: 'messages.blocks',
    types: ['user.blocked', 'user.unblocked'],
    handle: ({ payload }) => live.blocked(payload.blocker_id, payload.blocked_id),
  }),
]

/** Who holds back whom, and what may change it. */
const holdingConsumers = (statuses: ConversationEventDeps['statuses']): Consumer[] => [
  consumer({
    group: 'messages.restrictions',
    types: ['user.restricted', 'user.unrestricted'],
    handle: ({ payload }) => statuses.followHolding(payload.restricter_id, payload.restricted_id),
  }),
  consumer({
    group: 'messages.limits',
    types: ['user.interaction_limit_changed'],
    handle: ({ payload }, signal) => statuses.followLimit(payload.user_id, signal),
  }),
  consumer({
    group: 'messages.ties',
    types: ['user.followed', 'user.unfollowed'],
    batch: 500,
    handleBatch: (events) => statuses.followTies(events.map(({ payload }) => payload)),
  }),
  consumer({
    group: 'messages.begun',
    types: ['conversation.created'],
    // It was begun while they were being held back.
    async handle({ payload: { creator_id, member_ids } }) {
      if (member_ids.length !== 2) return
      for (const id of member_ids) if (id !== creator_id) await statuses.followHolding(id, creator_id)
    },
  }),
]
