import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import { LOWEST_ID } from '../../../kit/ids.ts'
import type { CassandraConnection, CassandraRow } from '../../cassandra/port.ts'
import type { StoredMessage } from '../port.ts'
import { type Buckets, bucketAt, type ConversationBuckets } from './buckets.ts'
import { placeOf } from './places.ts'
import { messagesOf, nameOf, partition } from './rows.ts'

/** What is above `low` and below `high`, from one end on. */
export interface Range {
  low: string
  high: string
  limit: number
  order: 'up' | 'down' | 'heads down'
}

interface Options {
  cassandra: CassandraConnection
  buckets: ConversationBuckets
}

export function conversationReading({ cassandra, buckets: { known, look } }: Options) {
  /** The rows of a range, through as many buckets as it takes. */
  async function walk(
    id: ConversationId,
    range: Range,
    buckets: Buckets = known(id),
  ): Promise<CassandraRow[]> {
    const { low, high, order, limit } = range
    const found: CassandraRow[] = []
    const [bottom, top] = [bucketAt(buckets, placeOf(low)), bucketAt(buckets, placeOf(high))]
    for (let step = 0; step <= top - bottom && found.length < limit; step++) {
      const bucket = order === 'up' ? bottom + step : top - step
      const rows = await cassandra.rows(select[order], [id, bucket, low, high, limit - found.length])
      if (bucket === buckets.length - 1 && (rows.length === 0 || rows[0]?.is_full === true)) {
        const now = await look(id)
        if (now.length > buckets.length) return walk(id, range, now)
      }
      found.push(...rows)
    }
    return found
  }

  async function read(
    id: ConversationId,
    ids: readonly MessageId[],
    buckets: Buckets = known(id),
  ): Promise<StoredMessage[]> {
    const byBucket = Map.groupBy(ids, (one) => bucketAt(buckets, placeOf(one)))
    const rows = await Promise.all(
      [...byBucket].map(([bucket, some]) => cassandra.rows(selectMany, [id, bucket, some])),
    )
    const found = messagesOf(id, rows.flat())
    const there = new Set(found.map((one) => one.message_id))
    const missing = (byBucket.get(buckets.length - 1) ?? []).filter((one) => !there.has(one))
    if (missing.length === 0) return found
    const now = await look(id)
    return now.length === buckets.length ? found : [...found, ...(await read(id, missing, now))]
  }

  async function named(id: ConversationId, bucket: number, name: string): Promise<MessageId | undefined> {
    const [row] = await cassandra.rows(selectNamed, [id, bucket, name, LOWEST_ID])
    return row && (String(row.named_id) as MessageId)
  }

  /** Of a message in a bucket that is full. */
  async function listed(id: ConversationId, name: string): Promise<StoredMessage | undefined> {
    const [row] = await cassandra.rows(selectListed, [id, name])
    return row && (await read(id, [String(row.message_id) as MessageId]))[0]
  }

  async function find(id: ConversationId, senderId: UserId | null, clientMessageId: string) {
    const name = nameOf(senderId, clientMessageId)
    const buckets = known(id)
    let messageId = await named(id, buckets.length - 1, name)
    if (messageId === undefined) {
      const now = await look(id)
      const first = now.length > 1 ? await listed(id, name) : undefined
      if (first) return first
      if (now.length > buckets.length) messageId = await named(id, now.length - 1, name)
    }
    return messageId && (await read(id, [messageId]))[0]
  }

  return { walk, read, listed, find }
}

export type ConversationReading = ReturnType<typeof conversationReading>

const head = 'message_id, sender_id, marks, version, is_full'
const row = `${head}, client_message_id, content`
const messages = `from conversation_messages where ${partition} and name = ''`
const between = `${messages} and message_id > ? and message_id < ?`
const select = {
  up: `select ${row} ${between} order by name desc, message_id asc limit ?`,
  down: `select ${row} ${between} limit ?`,
  'heads down': `select ${head} ${between} limit ?`,
}
const selectMany = `select ${row} ${messages} and message_id in ?`
const selectNamed = `select named_id from conversation_messages where ${partition} and name = ? and message_id = ?`
const selectListed = 'select message_id from message_names where conversation_id = ? and name = ?'
