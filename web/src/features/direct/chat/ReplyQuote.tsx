import type { Message, UserSummary } from '@tintype/contract'
import { useMember } from '../../../data/member.ts'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { useChat } from './chat-context.ts'
import styles from './ReplyQuote.module.css'

const kindText = {
  media: () => t('message.excerptPhoto'),
  voice: () => t('message.excerptVoice'),
  share: () => t('message.excerptPost'),
  text: () => t('message.replyGone'),
  system: () => t('message.replyGone'),
} as const

/** What a message answers; leads there. */
export function ReplyQuote({ reply }: { reply: NonNullable<Message['reply_to']> }) {
  const { onShow } = useChat()
  if (!reply.available) return <Quote user={reply.user} text={t('message.replyGone')} />
  const text = reply.excerpt || kindText[reply.kind]()
  return <Quote user={reply.user} text={text} onPress={() => onShow(reply.message_id)} />
}

interface QuoteProps {
  user: UserSummary | null
  text: string
  onPress?: () => void
}

export function Quote({ user, text, onPress }: QuoteProps) {
  const me = useMember()
  const isSelf = user?.user_id === me.user_id
  const name = isSelf ? t('message.you') : user ? nameOf(user) : t('system.somebody')
  const inner = (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.text} dir="auto">
        {text}
      </span>
    </>
  )
  return onPress ? (
    <button type="button" className={styles.quote} onClick={onPress}>
      {inner}
    </button>
  ) : (
    <span className={styles.quote}>{inner}</span>
  )
}
