import type { MessageId } from '@tintype/contract'
import { X } from 'lucide-react'
import { useMessage, useUser } from '../../../data/entities/entities.ts'
import { useMember } from '../../../data/member.ts'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { excerptOf } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import styles from './MessageForm.module.css'

interface FormBarProps {
  kind: 'reply' | 'edit'
  messageId: MessageId
  onClose: () => void
}

/** Above the line: what is answered, or changed. */
export function FormBar({ kind, messageId, onClose }: FormBarProps) {
  const me = useMember()
  const message = useMessage(messageId)
  const user = useUser(message?.user_id ?? undefined)
  const name = user ? nameOf(user) : t('system.somebody')
  const reply = message?.is_own ? t('write.replySelf') : t('write.reply', { name })
  return (
    <div className={styles.bar}>
      <p className={styles.about}>
        <strong>{kind === 'edit' ? t('write.edit') : reply}</strong>
        <span>{message ? excerptOf(message, me.user_id) : t('message.replyGone')}</span>
      </p>
      <IconButton
        icon={X}
        size="small"
        label={kind === 'edit' ? t('write.noEdit') : t('write.noReply')}
        onPress={onClose}
      />
    </div>
  )
}
