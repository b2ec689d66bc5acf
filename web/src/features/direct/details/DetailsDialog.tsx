import { useNavigate } from '@tanstack/react-router'
import type { ConversationId } from '@tintype/contract'
import { useState } from 'react'
import { endConversation, setConversation } from '../../../data/direct/conversation-intents.ts'
import { useConversation, useUser } from '../../../data/entities/entities.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { faceOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { BlockDialog } from '../../../things/people/BlockDialog.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './Details.module.css'
import { GroupFace } from './GroupFace.tsx'
import { InviteLink } from './InviteLink.tsx'
import { Members } from './Members.tsx'

interface DetailsDialogProps {
  open: boolean
  onClose: () => void
  id: ConversationId
}

export default function DetailsDialog({ id, ...dialog }: DetailsDialogProps) {
  const conversation = useConversation(id)
  return (
    <DialogPanel {...dialog} title={t('details.title')} fullOnPhone>
      {conversation && <Details conversation={conversation} />}
    </DialogPanel>
  )
}

/** What one has set for oneself; who is in it; of a group what its admins can change; and the ways out. */
function Details({ conversation }: { conversation: ConversationEntity }) {
  const { conversation_id: id, kind, viewer } = conversation
  const isGroup = kind === 'group'
  const isAdmin = isGroup && viewer.role === 'admin'
  return (
    <div className={styles.details}>
      {isGroup && <GroupFace conversation={conversation} isAdmin={isAdmin} />}
      <div className={styles.block}>
        <Switch
          label={t('details.mute')}
          hint={t('details.muteHint')}
          checked={viewer.muted}
          onChange={(want) => void setConversation(id, 'muted', want)}
        />
        <Switch
          label={t('details.pin')}
          checked={viewer.pinned}
          onChange={(want) => void setConversation(id, 'pinned', want)}
        />
      </div>
      <Members conversation={conversation} isAdmin={isAdmin} />
      {isAdmin && <InviteLink conversation={conversation} />}
      <WaysOut conversation={conversation} />
    </div>
  )
}

function WaysOut({ conversation }: { conversation: ConversationEntity }) {
  const { conversation_id: id, kind } = conversation
  const me = useMember()
  const navigate = useNavigate()
  const other = useUser(faceOf(conversation, me.user_id).other?.user_id)
  const [asking, setAsking] = useState<'leave' | 'delete' | 'block' | null>(null)
  const [busy, setBusy] = useState(false)
  const close = () => setAsking(null)
  const end = async (how: 'leave' | 'delete') => {
    setBusy(true)
    const isDone = await endConversation(id, how)
    setBusy(false)
    if (!isDone) return close()
    if (how === 'delete') toast(t('details.deleted'))
    await navigate({ to: '/direct/inbox', replace: true })
  }
  return (
    <div className={styles.ends}>
      {other && (
        <Button
          label={t('details.block', { name: other.username })}
          tone="danger"
          wide
          onPress={() => setAsking('block')}
        />
      )}
      {kind === 'group' && (
        <Button label={t('details.leave')} tone="danger" wide onPress={() => setAsking('leave')} />
      )}
      <Button label={t('details.delete')} tone="danger" wide onPress={() => setAsking('delete')} />
      <ConfirmDialog
        open={asking === 'leave'}
        onClose={close}
        title={t('details.leaveTitle')}
        text={t('details.leaveText')}
        action={t('details.leave')}
        busy={busy}
        onConfirm={() => void end('leave')}
      />
      <ConfirmDialog
        open={asking === 'delete'}
        onClose={close}
        title={t('details.deleteTitle')}
        text={t('details.deleteText')}
        action={t('details.delete')}
        busy={busy}
        onConfirm={() => void end('delete')}
      />
      {other && <BlockDialog user={other} open={asking === 'block'} onClose={close} />}
    </div>
  )
}
