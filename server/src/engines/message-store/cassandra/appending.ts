import { type MessageId, TintypeError } from '@tintype/contract'
import { newId } from '../../../kit/ids.ts'
import type { CassandraConnection, CassandraRow } from '../../cassandra/port.ts'
import type { MessageStore, NewMessage, StoredMessage } from '../port.ts'
import type { Buckets, ConversationBuckets } from './buckets.ts'
import { after, idAt, type Place, placeAt, START } from './places.ts'
import type { ConversationReading } from './reading.ts'
import { inserts, nameOf, reaching } from './rows.ts'

/** How often what another one came before is tried. */
const TRIES = 50

interface Options {
  cassandra: CassandraConnection
  buckets: ConversationBuckets
  reading: ConversationReading
}

type Append = MessageStore['append']
/** What stands against it otherwise. */
type Tried = Awaited<ReturnType<Append>> | CassandraRow

export function conversationAppending({ cassandra, buckets: of, reading: { read, listed } }: Options) {
  const append: Append = async (message) => {
    const { conversation_id: id, sender_id, client_message_id } = message
    const name = client_message_id === null ? undefined : nameOf(sender_id, client_message_id)
    const tail = newId<MessageId>()
    let buckets = of.known(id)
    let looked = 1
    /** The last place given out: undefined where nothing is known of it, null where there is none. */
    let last: Place | null | undefined
    for (let tries = 0; tries < TRIES; tries++) {
      if (name !== undefined && buckets.length > looked) {
        const first = await listed(id, name)
        if (first) return { message: first, isNew: false }
        looked = buckets.length
      }
      const size = await of.sizeWith(id, buckets.length - 1, 1)
      const tried =
        size === 'full' ? { is_full: true } : await tryAppend(message, { buckets, last, size, tail })
      if (isWritten(tried)) return tried
      if (tried.is_full === true) [buckets, last] = [await of.next(id, buckets.length - 1), undefined]
      else last = typeof tried.last_place === 'string' ? tried.last_place : null
    }
    throw new TintypeError('unavailable', { message: 'Too many write to one conversation at once.' })
  }

  /** Writes it, or answers what it was told of the bucket. */
  async function tryAppend(message: NewMessage, { buckets, last, size, tail }: Attempt): Promise<Tried> {
    const { at, forget_after = 0, ...fields } = message
    const bucket = buckets.length - 1
    const above = after(last ?? buckets[bucket]?.after ?? START)
    const place = placeAt(at) > above ? placeAt(at) : above
    const stored: StoredMessage = { ...fields, message_id: idAt(place, tail), version: 0 }
    const { conversation_id: id } = fields
    const { isDone, found } = await cassandra.decide([
      reaching(id, bucket, { place, isFirst: last === null, size }),
      ...inserts(stored, bucket, forget_after, true),
    ])
    if (isDone) return { message: stored, isNew: true }
    const [first] = found.named_id ? await read(id, [String(found.named_id) as MessageId]) : []
    return first ? { message: first, isNew: false } : found
  }

  return append
}

const isWritten = (tried: Tried): tried is Awaited<ReturnType<Append>> => 'isNew' in tried

/** As it was when it was tried. */
interface Attempt {
  buckets: Buckets
  last: Place | null | undefined
  size: number | undefined
  tail: MessageId
}
