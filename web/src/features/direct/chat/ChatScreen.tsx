import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ConversationId, type MessageId, TintypeError } from '@tintype/contract'
import { useMemo, useRef, useState } from 'react'
import { conversationQuery } from '../../../data/direct/conversations.ts'
import { draftOf, keepDraft } from '../../../data/direct/drafts.ts'
import { readAround } from '../../../data/direct/thread.ts'
import { entities, useConversation } from '../../../data/entities/entities.ts'
import type { ConversationEntity, MessageEntity } from '../../../data/entities/types.ts'
import { reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import { t } from '../../../things/direct/messages.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CrookedFrame } from '../../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ChatFoot } from './ChatFoot.tsx'
import { ChatHead } from './ChatHead.tsx'
import styles from './ChatScreen.module.css'
import { ChatSkeleton } from './ChatSkeleton.tsx'
import { type Chat, ChatContext } from './chat-context.ts'
import { type ListHandle, MessageList } from './MessageList.tsx'
import { NewestLine } from './NewestLine.tsx'
import { useChatRows } from './use-chat-rows.ts'
import { useReading } from './use-reading.ts'
import { useCompany } from './use-typing.ts'
import { useVisibleHeight } from './use-visible-height.ts'

export default function ChatScreen() {
  const { conversationId } = useParams({ strict: false })
  const id = conversationId as ConversationId
  return <Known key={id} id={id} />
}

/** The conversation, once it is known; one that is over says so. */
function Known({ id }: { id: ConversationId }) {
  const query = useQuery(conversationQuery(id))
  const conversation = useConversation(id)
  const frame = useVisibleHeight()
  const isGone = entities.isGone('conversations', id)
  const notFound = query.error instanceof TintypeError && query.error.code === 'not_found'
  return (
    <section ref={frame} className={styles.chat} data-covers-bar aria-label={t('chat.label')}>
      {conversation ? (
        <OpenChat conversation={conversation} />
      ) : isGone || notFound ? (
        <EmptyState
          drawing={<CrookedFrame />}
          title={t('chat.gone')}
          text={t('chat.goneText')}
          action={<ButtonLink to="/direct/inbox" label={t('chat.back')} />}
        />
      ) : query.error ? (
        <LoadError error={query.error} onRetry={query.refetch} />
      ) : (
        <ChatSkeleton />
      )}
    </section>
  )
}

function OpenChat({ conversation }: { conversation: ConversationEntity }) {
  const { conversation_id: id, kind, viewer } = conversation
  const field = useRef<HTMLTextAreaElement>(null)
  const list = useRef<ListHandle>(null)
  const [editing, setEditing] = useState<MessageEntity | null>(null)
  const [unreadAfter] = useState(() => (viewer.unread_count > 0 ? viewer.last_read_message_id : null))
  const { query, rows, hasOlder, hasNewer } = useChatRows(id, unreadAfter)
  const company = useCompany(id)
  const reading = useReading(id)
  const isClosed = !viewer.may_send && viewer.status !== 'request'
  const chat = useMemo(
    (): Chat => ({
      id,
      isGroup: kind === 'group',
      isClosed,
      onReply: ({ message_id }) => {
        setEditing(null)
        keepDraft(id, { ...draftOf(id), reply_to: message_id })
        // After the menu has given focus back.
        setTimeout(() => field.current?.focus())
      },
      onEdit: setEditing,
      onShow: (message) => void goTo(id, message, list.current),
    }),
    [id, kind, isClosed],
  )
  return (
    <ChatContext value={chat}>
      <ChatHead conversation={conversation} company={company} onShow={chat.onShow} />
      {query.isPending ? (
        <ChatSkeleton />
      ) : query.isError && !query.data ? (
        <LoadError error={query.error} onRetry={query.refetch} />
      ) : (
        <MessageList
          id={id}
          rows={rows}
          hasOlder={hasOlder}
          hasNewer={hasNewer}
          handle={list}
          onEnd={reading.setIsAtEnd}
        />
      )}
      <NewestLine id={id} typing={company.typing} />
      <ChatFoot
        conversation={conversation}
        field={field}
        editing={editing}
        onEdited={() => {
          setEditing(null)
          setTimeout(() => field.current?.focus())
        }}
        onSent={() => list.current?.toEnd()}
      />
    </ChatContext>
  )
}

async function goTo(id: ConversationId, message: MessageId, list: ListHandle | null): Promise<void> {
  try {
    await readAround(id, message)
    list?.show(message)
  } catch (error) {
    reportError(error)
  }
}
