import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { change, endConversation } from '../../../data/direct/conversation-intents.ts'
import { useUser } from '../../../data/entities/entities.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import type { ConversationFace } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { BlockDialog } from '../../../things/people/BlockDialog.tsx'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './ChatFoot.module.css'

interface RequestBarProps {
  conversation: ConversationEntity
  face: ConversationFace
}

/** From somebody one does not follow: nothing is let on before one accepts. */
export function RequestBar({ conversation: { conversation_id }, face }: RequestBarProps) {
  const navigate = useNavigate()
  const other = useUser(face.other?.user_id)
  const [busy, setBusy] = useState(false)
  const [blocking, setBlocking] = useState(false)
  const accept = async () => {
    setBusy(true)
    if (await change(() => api.conversations.accept({ params: { conversation_id } })))
      toast(t('requests.accepted'))
    setBusy(false)
  }
  const decline = async () => {
    setBusy(true)
    if (await endConversation(conversation_id, 'decline')) {
      toast(t('requests.declined'))
      await navigate({ to: '/direct/requests', replace: true })
    } else setBusy(false)
  }
  return (
    <div className={styles.request}>
      <p className={styles.text}>
        {face.other ? t('requests.text', { name: face.name }) : t('requests.group')}
      </p>
      <div className={styles.actions}>
        {other && <Button label={t('requests.block')} tone="danger" onPress={() => setBlocking(true)} />}
        <Button label={t('requests.decline')} disabled={busy} onPress={() => void decline()} />
        <Button label={t('requests.accept')} tone="primary" busy={busy} onPress={() => void accept()} />
      </div>
      {other && <BlockDialog user={other} open={blocking} onClose={() => setBlocking(false)} />}
    </div>
  )
}
