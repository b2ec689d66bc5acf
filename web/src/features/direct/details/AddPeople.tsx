import { limits, type UserId } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { change } from '../../../data/direct/conversation-intents.ts'
import { entities } from '../../../data/entities/entities.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { t } from '../../../things/direct/messages.ts'
import { PeoplePicker } from '../../../things/direct/PeoplePicker.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import styles from './Details.module.css'

interface AddPeopleProps {
  conversation: ConversationEntity
  open: boolean
  onClose: () => void
}

/** They see what is written from then on. */
export function AddPeople({ conversation, open, onClose }: AddPeopleProps) {
  const { conversation_id, members } = conversation
  const [chosen, setChosen] = useState<readonly UserId[]>([])
  const [busy, setBusy] = useState(false)
  const add = async () => {
    setBusy(true)
    const usernames = chosen.flatMap((id) => entities.get('users', id)?.username ?? [])
    const params = { conversation_id }
    const isDone = await change(() => api.conversations.addMembers({ params, body: { usernames } }))
    setBusy(false)
    if (!isDone) return
    setChosen([])
    onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('details.addTitle')} fullOnPhone bare>
      <PeoplePicker
        chosen={chosen}
        most={limits.groupMembers - members.length}
        without={members.map(({ user_id }) => user_id)}
        onChange={setChosen}
      />
      <div className={styles.foot}>
        <Button
          label={t('details.addAction')}
          tone="primary"
          size="large"
          wide
          disabled={chosen.length === 0}
          busy={busy}
          onPress={() => void add()}
        />
      </div>
    </Dialog>
  )
}
