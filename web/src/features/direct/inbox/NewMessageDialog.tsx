import { useNavigate } from '@tanstack/react-router'
import { limits, type UserId } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { takeConversation } from '../../../data/direct/conversations.ts'
import { entities } from '../../../data/entities/entities.ts'
import { errorText } from '../../../data/report-error.ts'
import { t } from '../../../things/direct/messages.ts'
import { PeoplePicker } from '../../../things/direct/PeoplePicker.tsx'
import { PickerFoot } from '../../../things/direct/PickerFoot.tsx'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { TextField } from '../../../ui/TextField.tsx'

interface NewMessageDialogProps {
  open: boolean
  onClose: () => void
}

export default function NewMessageDialog(props: NewMessageDialogProps) {
  return (
    <DialogPanel {...props} title={t('new.title')} fullOnPhone bare>
      <NewMessage onClose={props.onClose} />
    </DialogPanel>
  )
}

/** One is the conversation with them, which there is once; several are a group. */
function NewMessage({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<readonly UserId[]>([])
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const usernames = chosen.flatMap((id) => entities.get('users', id)?.username ?? [])
      const named = chosen.length > 1 && name.trim() ? { name: name.trim() } : {}
      const id = takeConversation(await api.conversations.create({ body: { usernames, ...named } }))
      onClose()
      await navigate({ to: '/direct/t/$conversationId', params: { conversationId: id } })
    } catch (failure) {
      setError(errorText(failure))
      setBusy(false)
    }
  }
  return (
    <>
      <PeoplePicker chosen={chosen} most={limits.groupMembers - 1} onChange={setChosen} />
      <PickerFoot
        label={t('new.start')}
        disabled={chosen.length === 0}
        busy={busy}
        error={error}
        onPress={() => void start()}
      >
        {chosen.length > 1 && (
          <TextField label={t('new.name')} value={name} onChange={setName} maxLength={limits.groupName} />
        )}
      </PickerFoot>
    </>
  )
}
