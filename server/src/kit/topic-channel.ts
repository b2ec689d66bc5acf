import type { TopicId, TopicKind, UserId } from '@tintype/contract'

interface Publisher {
  publish(channel: string, message: unknown): Promise<void>
}

/** A note of something that concerns a topic; what its members are told of it, the module says that gives the topic. */
export interface TopicNote {
  id: string
  note: unknown
}

/** The Broadcast channel of all topics of a kind. */
export const topicChannel = (kind: TopicKind): string => `topic.${kind}`

/** Notes for topics that nobody has joined are dropped. One message, however many: so a batch of facts costs one. */
export async function tellTopics<K extends TopicKind>(
  broadcast: Publisher,
  kind: K,
  notes: readonly (TopicNote & { id: TopicId<K> })[],
): Promise<void> {
  if (notes.length > 0) await broadcast.publish(topicChannel(kind), notes)
}

/** Who may be in what has to be asked again: of these members in any topic, and of anybody in topics that rest on these ids. */
export interface Recheck {
  members?: readonly UserId[]
  restingOn?: readonly string[]
}
export const RECHECK_CHANNEL = 'topics.recheck'
