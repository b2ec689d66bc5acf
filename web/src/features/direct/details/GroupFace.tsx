import { limits } from '@tintype/contract'
import { type ChangeEvent, useRef, useState } from 'react'
import { api } from '../../../data/client.ts'
import { change } from '../../../data/direct/conversation-intents.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { reportError } from '../../../data/report-error.ts'
import { uploadPicture } from '../../../data/upload-picture.ts'
import { acceptedTypes, takeIn } from '../../../things/composing/intake.ts'
import { ConversationAvatar } from '../../../things/direct/ConversationAvatar.tsx'
import { faceOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './Details.module.css'

interface GroupFaceProps {
  conversation: ConversationEntity
  isAdmin: boolean
}

/** Its name and picture, which admins change. */
export function GroupFace({ conversation, isAdmin }: GroupFaceProps) {
  const me = useMember()
  const face = faceOf(conversation, me.user_id)
  return (
    <div className={styles.face}>
      <ConversationAvatar conversation={conversation} face={face} size={96} />
      <p className={styles.name}>{face.name}</p>
      {isAdmin && <Picture conversation={conversation} />}
      {isAdmin && <Rename conversation={conversation} />}
    </div>
  )
}

function Picture({ conversation: { conversation_id, picture } }: { conversation: ConversationEntity }) {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const put = async (file: File | null) => {
    setBusy(true)
    await changePicture(conversation_id, file)
    setBusy(false)
  }
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (file) void put(file)
    // So that the same file can be chosen again.
    event.target.value = ''
  }
  return (
    <div className={styles.faceButtons}>
      <Button label={t('details.picture')} size="small" busy={busy} onPress={() => input.current?.click()} />
      {picture && (
        <Button
          label={t('details.removePicture')}
          size="small"
          tone="quiet"
          disabled={busy}
          onPress={() => void put(null)}
        />
      )}
      <input
        ref={input}
        type="file"
        accept={acceptedTypes}
        hidden
        aria-label={t('details.picture')}
        onChange={handlePick}
      />
    </div>
  )
}

async function changePicture(
  conversation_id: ConversationEntity['conversation_id'],
  file: File | null,
): Promise<void> {
  try {
    const picture_upload_id = file && (await upload(file))
    if (picture_upload_id === undefined) return
    await change(() => api.conversations.edit({ params: { conversation_id }, body: { picture_upload_id } }))
  } catch (error) {
    reportError(error)
  }
}

async function upload(file: File) {
  const { accepted, refused } = await takeIn([file], () => 1)
  const [taken] = accepted
  if (taken) return uploadPicture(file.slice(0, file.size, taken.type))
  toast(refused[0]?.reason ?? '')
  return undefined
}

function Rename({ conversation: { conversation_id, name } }: { conversation: ConversationEntity }) {
  const [text, setText] = useState(name ?? '')
  const [busy, setBusy] = useState(false)
  const isSame = text.trim() === (name ?? '')
  const save = async () => {
    setBusy(true)
    await change(() =>
      api.conversations.edit({ params: { conversation_id }, body: { name: text.trim() || null } }),
    )
    setBusy(false)
  }
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSame) void save()
      }}
    >
      <TextField label={t('details.name')} value={text} onChange={setText} maxLength={limits.groupName} />
      {!isSame && <Button label={t('details.saveName')} type="submit" tone="ink" busy={busy} />}
    </form>
  )
}
