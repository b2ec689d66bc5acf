import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import { LOWEST_ID } from '../../../kit/ids.ts'
import type { CassandraRow, CassandraValue, Conditional } from '../../cassandra/port.ts'
import type { Json, MessageHead, StoredMessage } from '../port.ts'
import type { Place } from './places.ts'

export const partition = 'conversation_id = ? and bucket = ?'

/** As it stands in a row, and in a list of names; nobody's name begins like a line's. */
export const nameOf = (senderId: UserId | null, clientMessageId: string): string =>
  `${senderId ?? ''}/${clientMessageId}`

export const namesOf = (messages: readonly StoredMessage[]): string[] =>
  messages.flatMap(({ sender_id, client_message_id }) =>
    client_message_id === null ? [] : [nameOf(sender_id, client_message_id)],
  )

/** Of a message that is about to go by its time to live some columns may be gone already: it is gone, then. */
export const isThere = ({ marks, version }: CassandraRow): boolean => marks !== null && version !== null

export const headOf = (conversation_id: ConversationId, row: CassandraRow): MessageHead => ({
  conversation_id,
  message_id: String(row.message_id) as MessageId,
  sender_id: row.sender_id === null ? null : (String(row.sender_id) as UserId),
  marks: JSON.parse(String(row.marks)) as Json,
})

export const messagesOf = (id: ConversationId, rows: readonly CassandraRow[]): StoredMessage[] =>
  rows
    .filter((row) => isThere(row) && row.content !== null)
    .map((row) => ({
      ...headOf(id, row),
      client_message_id: row.client_message_id === null ? null : String(row.client_message_id),
      content: JSON.parse(String(row.content)) as Json,
      version: Number(row.version),
    }))

/** A message under its name, gone after so many seconds (0: never). Undefined columns are not written. */
export function inserts(
  message: StoredMessage,
  bucket: number,
  seconds: number,
  once: boolean,
): Conditional[] {
  const { conversation_id: id, message_id, sender_id, client_message_id, content, marks, version } = message
  const columns = [sender_id ?? undefined, client_message_id ?? undefined]
  const values = [...columns, JSON.stringify(content), JSON.stringify(marks), version]
  const row: Conditional = [insertMessage, [id, bucket, message_id, ...values, seconds]]
  if (client_message_id === null) return [row]
  const name = [id, bucket, nameOf(sender_id, client_message_id), LOWEST_ID, message_id, seconds]
  return [row, [once ? insertNewName : insertName, name]]
}

/** What is known of the last place that was given out. */
export interface Reached {
  place: Place
  /** None was before. */
  isFirst: boolean
  /** Undefined: as it was. */
  size: number | undefined
}

/** The place is given out if none at or above it was, and the bucket goes on. */
export const reaching = (
  id: ConversationId,
  bucket: number,
  { place, isFirst, size }: Reached,
): Conditional => {
  const values: CassandraValue[] = [place, size, id, bucket]
  return isFirst ? [reachFirst, values] : [reachNext, [...values, place]]
}

const reach = `update conversation_messages set last_place = ?, size = ? where ${partition} if is_full = null and last_place`
const reachFirst = `${reach} = null`
const reachNext = `${reach} < ?`
const insertMessage = `insert into conversation_messages (conversation_id, bucket, name, message_id, sender_id, client_message_id,
  content, marks, version) values (?, ?, '', ?, ?, ?, ?, ?, ?) using ttl ?`
const nameColumns = '(conversation_id, bucket, name, message_id, named_id) values (?, ?, ?, ?, ?)'
const insertName = `insert into conversation_messages ${nameColumns} using ttl ?`
const insertNewName = `insert into conversation_messages ${nameColumns} if not exists using ttl ?`
