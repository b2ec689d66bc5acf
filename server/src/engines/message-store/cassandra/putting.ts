import type { ConversationId } from '@tintype/contract'
import type { CassandraConnection, Conditional } from '../../cassandra/port.ts'
import type { MovableMessageStore, StoredMessage } from '../port.ts'
import { bucketAt, type ConversationBuckets } from './buckets.ts'
import { type Place, placeOf, START } from './places.ts'
import { inserts, partition, reaching } from './rows.ts'

/** Messages that one statement puts. */
const TOGETHER = 25

interface Options {
  cassandra: CassandraConnection
  buckets: ConversationBuckets
}

/** Messages as they are elsewhere, into a conversation to which nobody else writes. */
export function conversationPutting({ cassandra, buckets: of }: Options) {
  const mustDo = async (statements: readonly Conditional[]) => {
    if (!(await cassandra.decide(statements)).isDone)
      throw new Error('Somebody else writes to the conversation.')
  }

  async function raise(id: ConversationId, bucket: number, place: Place): Promise<void> {
    const { last } = await of.head(id, bucket)
    if (place > last)
      await mustDo([reaching(id, bucket, { place, isFirst: last === START, size: undefined })])
  }

  const put: MovableMessageStore['put'] = async (id, messages, reached) => {
    let buckets = await of.look(id)
    const head = await of.head(id, buckets.length - 1)
    let top = head.last
    if (head.isEnded) buckets = await of.next(id, buckets.length - 1)
    for (let rest = messages; rest.length > 0; ) {
      const bucket = bucketAt(buckets, lowest(rest))
      const end = buckets[bucket + 1]?.after
      const belongs = (one: StoredMessage) => end === undefined || placeOf(one.message_id) <= end
      const some = rest.slice(0, TOGETHER).filter(belongs)
      const size = end === undefined ? await of.sizeWith(id, bucket, some.length) : undefined
      if (size === 'full' && lowest(rest) > top) {
        buckets = await of.next(id, bucket)
        continue
      }
      const highest = placeOf(some.at(-1)?.message_id ?? '')
      // First, so that no bucket ever ends below what is in it.
      if (highest > top) {
        await raise(id, bucket, highest)
        top = highest
      }
      const state = [size === 'full' ? undefined : size, id, bucket, end === undefined ? null : true]
      await mustDo([[keep, state], ...some.flatMap((one) => inserts(one, bucket, 0, false))])
      rest = rest.slice(some.length)
    }
    if (reached !== null) await raise(id, buckets.length - 1, placeOf(reached))
  }

  return put
}

const lowest = ([first]: readonly StoredMessage[]): Place => placeOf(first?.message_id ?? '')

const keep = `update conversation_messages set size = ? where ${partition} if is_full = ?`
