import { limits } from '@tintype/contract'
import { Copy, Ellipsis, Flag, Pencil, Reply, Undo2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { setMessageReaction, unsendMessage } from '../../../data/direct/message-intents.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { t } from '../../../things/direct/messages.ts'
import { t as reporting } from '../../../things/reporting/messages.ts'
import { openReport } from '../../../things/reporting/report-sheet.ts'
import { ActionMenu } from '../../../ui/ActionMenu.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Chat, useChat } from './chat-context.ts'
import styles from './MessageControls.module.css'
import { QuickReactions } from './QuickReactions.tsx'
import { useLongPress } from './use-long-press.ts'

interface MessageControlsProps {
  message: MessageEntity
  name: string
  children: ReactNode
}

const SECOND = 1000

/** What one may do with a message: by its button, or by holding a finger on it; two quick taps are a heart. */
export function MessageControls({ message, name, children }: MessageControlsProps) {
  const me = useMember()
  const chat = useChat()
  const { isClosed, onReply } = chat
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const press = useLongPress(() => {
    // The menu gives focus back to where it was.
    button.current?.focus({ preventScroll: true })
    setOpen(true)
  })
  if (message.unsent) return <div className={styles.said}>{children}</div>
  const mine = message.reactions.find(({ user_ids }) => user_ids.includes(me.user_id))?.emoji ?? null
  const react = (emoji: string) => void setMessageReaction(message, me.user_id, emoji === mine ? null : emoji)
  const label = message.is_own ? t('message.optionsSelf') : t('message.options', { name })
  return (
    <div className={styles.around} data-open={open || undefined}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same for who has no finger */}
      <div className={styles.said} {...press} onDoubleClick={isClosed ? undefined : () => react('❤️')}>
        {children}
      </div>
      <div className={styles.buttons}>
        {!isClosed && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.button}
            aria-hidden
            title={t('message.reply')}
            onClick={() => onReply(message)}
          >
            <Reply size={18} />
          </button>
        )}
        <button
          ref={button}
          type="button"
          className={styles.button}
          aria-label={label}
          onClick={() => setOpen(true)}
        >
          <Ellipsis aria-hidden size={18} />
        </button>
      </div>
      <ActionMenu
        open={open}
        onClose={() => setOpen(false)}
        label={t('message.menu')}
        head={
          isClosed
            ? undefined
            : (choose) => <QuickReactions chosen={mine} onChoose={(emoji) => choose(() => react(emoji))} />
        }
        actions={actionsOf(message, chat, name, () => setAsking(true))}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('message.unsendTitle')}
        text={t('message.unsendText')}
        action={t('message.unsend')}
        onConfirm={() => {
          setAsking(false)
          void unsendMessage(message)
        }}
      />
    </div>
  )
}

function actionsOf(
  message: MessageEntity,
  { isClosed, onReply, onEdit }: Chat,
  name: string,
  onUnsend: () => void,
) {
  const { body, is_own, created_at, user_id } = message
  const isFresh = Date.now() - Date.parse(created_at) < limits.messageEditable * SECOND
  return [
    !isClosed && { label: t('message.reply'), icon: Reply, onPress: () => onReply(message) },
    body !== null && { label: t('message.copy'), icon: Copy, onPress: () => void copy(body) },
    !isClosed &&
      is_own &&
      body !== null &&
      isFresh && { label: t('message.edit'), icon: Pencil, onPress: () => onEdit(message) },
    !is_own &&
      user_id !== null && {
        label: reporting('report.do'),
        icon: Flag,
        tone: 'danger' as const,
        onPress: () =>
          openReport({
            kind: 'message',
            id: message.message_id,
            partition: message.conversation_id,
            user: { user_id, username: name },
          }),
      },
    is_own && { label: t('message.unsend'), icon: Undo2, tone: 'danger' as const, onPress: onUnsend },
  ]
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('message.copied'))
  } catch {
    toast(text)
  }
}
