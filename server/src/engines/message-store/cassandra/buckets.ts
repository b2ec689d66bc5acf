import type { ConversationId } from '@tintype/contract'
import { lruOf } from '../../../kit/lru.ts'
import type { CassandraConnection } from '../../cassandra/port.ts'
import { type Place, START } from './places.ts'
import { partition } from './rows.ts'

/** A partition of a conversation: what was said after a place, up to where the next one begins. */
export interface Bucket {
  bucket: number
  after: Place
}

/** In ascending order; there is a first one of every conversation. */
export type Buckets = readonly [Bucket, ...Bucket[]]

const FIRST: Buckets = [{ bucket: 0, after: START }]
/** Conversations of more than one bucket of which they are remembered. */
const REMEMBERED = 20_000

export const bucketAt = (buckets: Buckets, place: Place): number =>
  Math.max(
    0,
    buckets.findLastIndex(({ after }) => after < place),
  )

/**
 * Which buckets a conversation has. One that has begun stays as it is, and the next begins when it is full for good. So what is
 * remembered can only lack the last ones: whoever finds the last one that they know full, or not what they look for, looks again.
 */
export function conversationBuckets(cassandra: CassandraConnection, most: number) {
  const remembered = lruOf<ConversationId, Buckets>(REMEMBERED)
  /** So many messages are counted as one, by the dice. */
  const weight = Math.max(1, Math.floor(most / 16))

  async function look(id: ConversationId): Promise<Buckets> {
    const rows = await cassandra.rows(selectBuckets, [id])
    const buckets: Buckets = [
      ...FIRST,
      ...rows.map(({ bucket, after }) => ({ bucket: Number(bucket), after: String(after) })),
    ]
    if (buckets.length > 1) remembered.set(id, buckets)
    return buckets
  }

  async function head(id: ConversationId, bucket: number) {
    const [row] = await cassandra.rows(selectHead, [id, bucket])
    const size = Number(row?.size ?? 0)
    const last = row?.last_place ? String(row.last_place) : START
    return { last, size, isFull: size * weight >= most, isEnded: row?.is_full === true }
  }

  return {
    head,
    known: (id: ConversationId): Buckets => remembered.get(id) ?? FIRST,
    look,
    /** What the size is to be with so many messages more; undefined: as it is. Counted is what ever came, as what is deleted takes room for a while. */
    async sizeWith(
      id: ConversationId,
      bucket: number,
      messages: number,
    ): Promise<number | 'full' | undefined> {
      const more = Math.floor(messages / weight + Math.random())
      if (more === 0) return undefined
      const { size, isFull } = await head(id, bucket)
      return isFull ? 'full' : size + more
    },
    /**
     * Ends a bucket and begins the next; whoever finds one that has ended does what is missing. From the first step on nothing new comes into it,
     * so its names are all there when they are listed, and who finds the next one finds them listed.
     */
    async next(id: ConversationId, bucket: number): Promise<Buckets> {
      const there = await look(id)
      if (there.length > bucket + 1) return there
      await cassandra.decide([[endBucket, [id, bucket]]])
      const { last } = await head(id, bucket)
      const names = await cassandra.rows(selectNames, [id, bucket])
      await cassandra.each(
        insertName,
        names.map(({ name, named_id }) => [id, String(name), String(named_id)]),
      )
      await cassandra.each(insertBucket, [[id, bucket + 1, last]])
      return look(id)
    },
  }
}

export type ConversationBuckets = ReturnType<typeof conversationBuckets>

const selectBuckets = 'select bucket, after from conversation_buckets where conversation_id = ?'
const endBucket = `update conversation_messages set is_full = true where ${partition} if is_full = null`
const selectHead = `select last_place, size, is_full from conversation_messages where ${partition} limit 1`
const selectNames = `select name, named_id from conversation_messages where ${partition} and name > ''`
const insertName = 'insert into message_names (conversation_id, name, message_id) values (?, ?, ?)'
const insertBucket = 'insert into conversation_buckets (conversation_id, bucket, after) values (?, ?, ?)'
