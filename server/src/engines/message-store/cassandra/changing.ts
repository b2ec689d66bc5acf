import type { ConversationId, MessageId } from '@tintype/contract'
import { LOWEST_ID } from '../../../kit/ids.ts'
import type { CassandraConnection, Conditional } from '../../cassandra/port.ts'
import type { MessageChanges, MessageRef, StoredMessage } from '../port.ts'
import { type Buckets, bucketAt, type ConversationBuckets } from './buckets.ts'
import { placeOf } from './places.ts'
import type { ConversationReading } from './reading.ts'
import { namesOf, partition } from './rows.ts'

/** Messages that one statement deletes. */
const TOGETHER = 25

interface Options {
  cassandra: CassandraConnection
  buckets: ConversationBuckets
  reading: Pick<ConversationReading, 'read'>
}

export function conversationChanging({ cassandra, buckets: of, reading: { read } }: Options) {
  async function edit(
    ref: MessageRef,
    version: number,
    changes: MessageChanges,
    buckets: Buckets = of.known(ref.conversation_id),
  ): Promise<boolean> {
    const { conversation_id: id, message_id } = ref
    const bucket = bucketAt(buckets, placeOf(message_id))
    const { content, marks, forget_after = 0 } = changes
    const parts = [content && JSON.stringify(content), marks && JSON.stringify(marks), version + 1]
    const { isDone, found } = await cassandra.decide([
      [updateMessage, [forget_after, ...parts, id, bucket, message_id, version]],
    ])
    if (isDone) return true
    if (found.version !== undefined || bucket < buckets.length - 1) return false
    const now = await of.look(id)
    return now.length > buckets.length ? edit(ref, version, changes, now) : false
  }

  async function remove(id: ConversationId, ids: readonly MessageId[]): Promise<number> {
    let count = 0
    for (let at = 0; at < ids.length; at += TOGETHER) {
      const there = await read(id, ids.slice(at, at + TOGETHER))
      const buckets = of.known(id)
      const byBucket = Map.groupBy(there, (one) => bucketAt(buckets, placeOf(one.message_id)))
      for (const [bucket, some] of byBucket) count += await removeFrom(id, bucket, some)
    }
    return count
  }

  /** All at once; one by one where somebody else has removed some of them meanwhile. */
  async function removeFrom(
    id: ConversationId,
    bucket: number,
    some: readonly StoredMessage[],
  ): Promise<number> {
    const names = namesOf(some)
    const { isDone } = await cassandra.decide([
      ...some.map(({ message_id }): Conditional => [deleteMessage, [id, bucket, message_id]]),
      ...names.map((name): Conditional => [deleteName, [id, bucket, name, LOWEST_ID]]),
    ])
    if (!isDone) {
      let count = 0
      if (some.length > 1) for (const one of some) count += await removeFrom(id, bucket, [one])
      return count
    }
    // In vain where the bucket is not full yet; one that is listed right now leads to nothing.
    if (of.known(id).length > 1)
      await cassandra.each(
        deleteListed,
        names.map((name) => [id, name]),
      )
    return some.length
  }

  return { edit, remove }
}

const updateMessage = `update conversation_messages using ttl ? set content = ?, marks = ?, version = ?
  where ${partition} and name = '' and message_id = ? if version = ?`
const deleteMessage = `delete from conversation_messages where ${partition} and name = '' and message_id = ? if exists`
const deleteName = `delete from conversation_messages where ${partition} and name = ? and message_id = ?`
const deleteListed = 'delete from message_names where conversation_id = ? and name = ?'
