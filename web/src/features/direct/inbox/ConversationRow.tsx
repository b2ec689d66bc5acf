import { Link } from '@tanstack/react-router'
import type { ConversationId } from '@tintype/contract'
import { BellOff, Pin } from 'lucide-react'
import { useDraft } from '../../../data/direct/drafts.ts'
import { useOutgoing } from '../../../data/direct/outbox.ts'
import { entities } from '../../../data/entities/entities.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { useListed } from '../../../data/use-listed.ts'
import { ConversationAvatar } from '../../../things/direct/ConversationAvatar.tsx'
import { faceOf, shortName } from '../../../things/direct/conversation-face.ts'
import { excerptOf } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import styles from './ConversationRow.module.css'
import { InboxSkeleton } from './InboxSkeleton.tsx'

interface ConversationRowProps {
  id: ConversationId
  isOpen: boolean
}

/** Who it is with, what was said last, and whether that is new. */
export function ConversationRow({ id, isOpen }: ConversationRowProps) {
  const conversation = useListed('conversations', id)
  const me = useMember()
  if (!conversation) return <InboxSkeleton rows={1} />
  const face = faceOf(conversation, me.user_id)
  const { unread_count: count, muted, pinned } = conversation.viewer
  return (
    <Link
      to="/direct/t/$conversationId"
      params={{ conversationId: id }}
      className={styles.row}
      data-open={isOpen || undefined}
      data-unread={count > 0 || undefined}
      aria-current={isOpen ? 'page' : undefined}
    >
      <ConversationAvatar conversation={conversation} face={face} size={56} />
      <span className={styles.text}>
        <span className={styles.head}>
          <span className={styles.name}>{face.name}</span>
          {pinned && <Pin aria-label={t('inbox.pinned')} role="img" size={14} />}
          {muted && <BellOff aria-label={t('inbox.muted')} role="img" size={14} />}
          <span className={styles.time}>
            <RelativeTime at={conversation.active_at} />
          </span>
        </span>
        <span className={styles.foot}>
          <LastLine conversation={conversation} />
          {count > 0 && (
            <span className={styles.badge} data-muted={muted || undefined}>
              <span aria-hidden>{count > 99 ? '99+' : count}</span>
              <VisuallyHidden>{t('inbox.unread', { count })}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
}

function LastLine({ conversation }: { conversation: ConversationEntity }) {
  const me = useMember()
  const draft = useDraft(conversation.conversation_id)
  const mine = useOutgoing().filter((one) => one.conversation_id === conversation.conversation_id)
  if (draft.text.trim())
    return <Line text={t('inbox.draft', { text: draft.text.replace(/\s+/g, ' ') })} tone="accent" />
  if (mine.some((one) => one.refusal !== null)) return <Line text={t('inbox.failed')} tone="accent" />
  const waiting = mine.at(-1)
  if (waiting) return <Line text={waiting.text ?? t('inbox.waiting')} />
  const last = conversation.last_message
  if (!last) return <Line text={t('inbox.begun')} />
  const text = excerptOf(last, me.user_id)
  if (last.kind === 'system') return <Line text={text} />
  if (last.is_own) return <Line text={t('inbox.you', { text })} />
  const sender =
    conversation.kind === 'group' && last.user_id ? entities.get('users', last.user_id) : undefined
  return <Line text={sender ? `${shortName(sender)}: ${text}` : text} />
}

const Line = ({ text, tone }: { text: string; tone?: 'accent' }) => (
  <span className={styles.last} data-tone={tone} dir="auto">
    {text}
  </span>
)
