import { useMemo, useSyncExternalStore } from 'react'
import { EntityStore } from './entity-store.ts'
import type {
  CommentEntity,
  ConversationEntity,
  Ids,
  Kind,
  MessageEntity,
  PostEntity,
  StoryEntity,
  Tables,
  UserEntity,
} from './types.ts'

export const entities = new EntityStore()

export function useEntity<K extends Kind>(kind: K, id: Ids[K] | undefined): Tables[K] | undefined {
  const current = () => (id ? entities.get(kind, id) : undefined)
  return useSyncExternalStore(
    (listener) => (id ? entities.subscribe(kind, id, listener) : () => undefined),
    current,
    current,
  )
}

export const usePost = (id: Ids['posts'] | undefined): PostEntity | undefined => useEntity('posts', id)
export const useUser = (id: Ids['users'] | undefined): UserEntity | undefined => useEntity('users', id)
export const useComment = (id: Ids['comments'] | undefined): CommentEntity | undefined =>
  useEntity('comments', id)
export const useConversation = (id: Ids['conversations'] | undefined): ConversationEntity | undefined =>
  useEntity('conversations', id)
export const useMessage = (id: Ids['messages'] | undefined): MessageEntity | undefined =>
  useEntity('messages', id)
export const useStory = (id: Ids['stories'] | undefined): StoryEntity | undefined => useEntity('stories', id)

/** Those of the ids that have not ceased to exist, in their order, each once. */
export function useLiveIds<K extends Kind>(kind: K, ids: readonly Ids[K][]): Ids[K][] {
  const version = useSyncExternalStore(entities.subscribeMembership, entities.membership, entities.membership)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what `entities` holds
  return useMemo(() => [...new Set(ids)].filter((id) => !entities.isGone(kind, id)), [kind, ids, version])
}
