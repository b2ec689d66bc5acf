import {
  type ConversationId,
  conversationSubject,
  limits,
  type MessageId,
  messageSubject,
  type SubjectRef,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { excerptOf } from '../../text/excerpt.ts'
import type { SubjectKind, SubjectPreview } from '../subject.ts'
import { type MessageRow, rowOf } from './envelope.ts'
import { moderatedMessages } from './moderated.ts'
import { isShut } from './policy.ts'
import { type ConversationsReader, memberOf } from './reader.ts'

export interface SubjectDeps {
  clock: Clock
  messageStore: Pick<MessageStore, 'page' | 'read'>
  reader: Pick<ConversationsReader, 'records' | 'sees'>
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
}

/** Messages and conversations, as others point at them: for who is in them. */
export function conversationKinds({ clock, messageStore, reader, people }: SubjectDeps): SubjectKind[] {
  const rowsFor = async (viewerId: UserId | null, subjects: readonly SubjectRef[]): Promise<MessageRow[]> => {
    if (viewerId === null) return []
    const refs = subjects.map(({ id, partition }) => {
      return { conversation_id: partition as ConversationId, message_id: id as MessageId }
    })
    const records = await reader.records([...new Set(refs.map((ref) => ref.conversation_id))])
    const mine = refs.filter(({ conversation_id }) => {
      const record = records.get(conversation_id)
      return record && memberOf(record, viewerId)
    })
    const rows = (await messageStore.read(mine)).map(rowOf).filter(({ marks }) => !marks.unsent)
    const seen = await Promise.all(
      [...Map.groupBy(rows, (row) => row.conversation_id)].map(async ([id, some]) => {
        const record = records.get(id)
        const me = record && memberOf(record, viewerId)
        const ids = record && me && (await reader.sees({ record, me }, some))
        return some.filter(({ message_id }) => ids?.has(message_id))
      }),
    )
    return seen.flat()
  }
  const idsOf = (rows: readonly MessageRow[]) => new Set<string>(rows.map((row) => row.message_id))
  const isOpenTo = (viewerId: UserId | null) => (row: MessageRow) =>
    viewerId !== null && !isShut(row, viewerId, clock.now())

  const message: SubjectKind = {
    kind: 'message',
    visible: async (viewerId, subjects) => idsOf(await rowsFor(viewerId, subjects)),
    async previews(viewerId, subjects) {
      const rows = await rowsFor(viewerId, subjects)
      const authors = await people.summaries([...new Set(rows.flatMap(({ sender_id }) => sender_id ?? []))])
      return new Map(
        rows.flatMap((row): [string, SubjectPreview][] => {
          const author = row.sender_id && authors.get(row.sender_id)
          if (!author) return []
          const subject = messageSubject(row.conversation_id, row.message_id)
          const text = isOpenTo(viewerId)(row) ? excerptOf(row.content.body ?? '', limits.messageExcerpt) : ''
          const address = `/messages/${row.conversation_id}`
          return [[row.message_id, { subject, type: 'article', address, author, text, picture: null }]]
        }),
      )
    },
    within: ({ partition }) => conversationSubject(partition as ConversationId),
    media: {
      message: { access: async (viewerId, subjects) => idsOf(await rowsFor(viewerId, subjects)) },
      // What can be seen once is kept by nobody.
      message_once: {
        access: async (viewerId, subjects) =>
          idsOf((await rowsFor(viewerId, subjects)).filter(isOpenTo(viewerId))),
        until: () => clock.now() + 1,
      },
    },
    moderated: moderatedMessages({ clock, messageStore, reader }),
    ends: {
      'message.unsent': ({ conversation_id, message_id }) => [messageSubject(conversation_id, message_id)],
      'message.expired': ({ conversation_id, message_id }) => [messageSubject(conversation_id, message_id)],
    },
  }

  return [message, conversationKind(reader)]
}

function conversationKind(reader: SubjectDeps['reader']): SubjectKind {
  const visible: SubjectKind['visible'] = async (viewerId, subjects) => {
    const records = await reader.records(subjects.map(({ id }) => id as ConversationId))
    return new Set(
      subjects.flatMap(({ id }) => {
        const record = records.get(id as ConversationId)
        return viewerId !== null && record && memberOf(record, viewerId) ? [id] : []
      }),
    )
  }
  return {
    kind: 'conversation',
    visible,
    previews: async () => new Map(),
    media: { avatar: { access: visible } },
  }
}
