import type { Static } from './core/schema.ts'
import { together } from './core/together.ts'
import { liveTopics } from './live/topics.ts'
import { conversationTopics } from './messages/topics.ts'
import { postTopics } from './posts/topics.ts'

/** All that a socket of `WS /api/v1/realtime` can subscribe to, by kind. */
export const topics = together(postTopics).and(conversationTopics).and(liveTopics).all

export type Topics = typeof topics
export type TopicKind = keyof Topics
export type TopicId<K extends TopicKind> = Static<Topics[K]['id']>
export type TopicName = { [K in TopicKind]: `${K}:${string}` }[TopicKind]
