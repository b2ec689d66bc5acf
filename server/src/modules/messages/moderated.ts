import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { CopiedText, LookedAt, Moderated } from '../subject.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { isShut, sentAt } from './policy.ts'
import { type ConversationsReader, memberOf } from './reader.ts'

interface Deps {
  clock: Clock
  messageStore: Pick<MessageStore, 'page' | 'read'>
  reader: Pick<ConversationsReader, 'records' | 'sees'>
}

/** On either side of the one that is reported. */
const AROUND = 3

/**
 * Moderators do not reach into conversations: they see of a message what a reporter hands over, and act on who wrote it.
 */
export function moderatedMessages({ clock, messageStore, reader }: Deps): Moderated {
  return {
    async look(subjects) {
      const rows = await messageStore.read(
        subjects.map(({ id, partition }) => ({
          conversation_id: partition as ConversationId,
          message_id: id as MessageId,
        })),
      )
      return new Map(
        rows.flatMap(({ message_id, sender_id }): [string, LookedAt][] =>
          sender_id === null
            ? []
            : [
                [
                  message_id,
                  {
                    member_id: sender_id,
                    text: '',
                    media: [],
                    address: '',
                    sensitive: false,
                    removed: false,
                  },
                ],
              ],
        ),
      )
    },
    async copy(reporterId, { id, partition }) {
      const conversation = partition as ConversationId
      const record = (await reader.records([conversation])).get(conversation)
      const me = record && memberOf(record, reporterId)
      if (!record || !me) return []
      const at = id as MessageId
      const [before, own, after] = await Promise.all([
        messageStore.page(conversation, { before: at, limit: AROUND }),
        messageStore.read([{ conversation_id: conversation, message_id: at }]),
        messageStore.page(conversation, { after: at, limit: AROUND }),
      ])
      const rows = [...before.toReversed(), ...own, ...after].map(rowOf)
      const seen = await reader.sees({ record, me }, rows)
      const now = clock.now()
      return rows
        .filter((row) => seen.has(row.message_id) && row.sender_id !== null && !row.marks.unsent)
        .map((row) => copied(row, at, isShut(row, reporterId, now)))
    },
  }
}

const copied = (
  { message_id, sender_id, content }: MessageRow,
  reported: MessageId,
  isClosed: boolean,
): CopiedText => ({
  sender_id: sender_id as UserId,
  text: isClosed ? '' : (content.body ?? ''),
  attachments: content.attachments.length,
  reported: message_id === reported,
  sent_at: new Date(sentAt(message_id)).toISOString(),
})
