import type { ConversationId } from '@tintype/contract'
import { HIGHEST_ID, LOWEST_ID } from '../../../kit/ids.ts'
import { lanes } from '../../../kit/lanes.ts'
import { turns } from '../../../kit/turns.ts'
import type { CassandraConnection } from '../../cassandra/port.ts'
import type { MovableMessageStore, PageOf } from '../port.ts'
import { conversationAppending } from './appending.ts'
import { conversationBuckets } from './buckets.ts'
import { conversationChanging } from './changing.ts'
import { idAt, START } from './places.ts'
import { conversationPutting } from './putting.ts'
import { conversationReading, type Range } from './reading.ts'
import { headOf, isThere, messagesOf } from './rows.ts'

/** Messages of a bucket, about: some megabytes. */
const MOST = 4096
/** Conversations that are read at a time. */
const AT_ONCE = 64

/**
 * A partition for each bucket of a conversation, in which all that is written is agreed upon by its nodes (lightweight transactions). A message, its
 * name and the place that was reached last are one such write: so names are unique, places rise, and nothing is read before.
 */
export function openCassandraMessageStore(
  cassandra: CassandraConnection,
  { most = MOST }: { most?: number } = {},
): MovableMessageStore {
  const buckets = conversationBuckets(cassandra, most)
  const reading = conversationReading({ cassandra, buckets })
  const append = conversationAppending({ cassandra, buckets, reading })
  const { edit, remove } = conversationChanging({ cassandra, buckets, reading })
  const inTurn = lanes<ConversationId>()
  const some = turns(AT_ONCE)

  const page = async (id: ConversationId, { before, after, limit }: PageOf) => {
    const order: Range['order'] = after === undefined ? 'down' : 'up'
    return messagesOf(
      id,
      await reading.walk(id, { low: after ?? LOWEST_ID, high: before ?? HIGHEST_ID, order, limit }),
    )
  }
  const all = <T, R>(items: Iterable<T>, work: (item: T) => Promise<R>) =>
    Promise.all([...items].map((item) => some(() => work(item))))

  return {
    append: (message) => inTurn(message.conversation_id, () => append(message)),
    find: reading.find,
    page,
    async read(refs) {
      const byConversation = Map.groupBy(refs, (ref) => ref.conversation_id)
      const found = await all(byConversation, ([id, some]) =>
        reading.read(
          id,
          some.map((ref) => ref.message_id),
        ),
      )
      return found.flat()
    },
    async newest(ids, limit) {
      const pages = await all(new Set(ids), async (id) => [id, await page(id, { limit })] as const)
      return new Map(pages.filter(([, messages]) => messages.length > 0))
    },
    heads: (asked, limit) =>
      all(asked, async ({ conversation_id: id, above }) => {
        const range = { low: above ?? LOWEST_ID, high: HIGHEST_ID, order: 'heads down', limit } as const
        return (await reading.walk(id, range)).filter(isThere).map((row) => headOf(id, row))
      }),
    edit: (ref, version, changes) => edit(ref, version, changes),
    remove,
    async *conversations() {
      for await (const row of cassandra.scan(
        'select distinct conversation_id, bucket from conversation_messages',
      ))
        if (row.bucket === 0) yield String(row.conversation_id) as ConversationId
    },
    async reached(id) {
      const { last } = await buckets.head(id, (await buckets.look(id)).length - 1)
      return last === START ? null : idAt(last, HIGHEST_ID)
    },
    put: conversationPutting({ cassandra, buckets }),
    ping: () => cassandra.ping(),
    async [Symbol.asyncDispose]() {},
  }
}
