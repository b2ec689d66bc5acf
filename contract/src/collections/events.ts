import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { CollectionId } from './schemas.ts'

export const collectionEvents = {
  /** By its owner, or with their account. */
  'collection.deleted': event<{ collection_id: CollectionId; owner_id: UserId }>((e) => e.collection_id),
  'collection.shared': event<{ collection_id: CollectionId; owner_id: UserId; user_id: UserId }>(
    (e) => e.collection_id,
  ),
  /** The member left or was removed, or one of the two has blocked the other. */
  'collection.unshared': event<{ collection_id: CollectionId; owner_id: UserId; user_id: UserId }>(
    (e) => e.collection_id,
  ),
}
