import { useRouter } from '@tanstack/react-router'
import { type ConversationId, limits, type UserId } from '@tintype/contract'
import { Link2, Share2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { useConversations } from '../../data/direct/conversations.ts'
import { receiveMessage } from '../../data/direct/thread.ts'
import { entities, useConversation } from '../../data/entities/entities.ts'
import { useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import type { SendRequest } from '../../shell/send-slot.ts'
import { Button } from '../../ui/Button.tsx'
import DialogPanel from '../../ui/DialogPanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import { randomKey } from '../../upload/random-key.ts'
import { copyText, shareLink } from '../post/share.ts'
import { ChoiceRow } from './ChoiceRow.tsx'
import { ConversationAvatar } from './ConversationAvatar.tsx'
import { faceOf } from './conversation-face.ts'
import { Elsewhere } from './Elsewhere.tsx'
import { t } from './messages.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { PickerFoot } from './PickerFoot.tsx'
import styles from './SendToDialog.module.css'

interface SendToDialogProps {
  open: boolean
  onClose: () => void
  request: SendRequest | null
}

export default function SendToDialog({ open, onClose, request }: SendToDialogProps) {
  return (
    <DialogPanel open={open} onClose={onClose} title={t('send.title')} fullOnPhone bare>
      {request && <SendTo key={request.id} request={request} onClose={onClose} />}
    </DialogPanel>
  )
}

function SendTo({ request, onClose }: { request: SendRequest; onClose: () => void }) {
  const [people, setPeople] = useState<readonly UserId[]>([])
  const [chats, setChats] = useState<readonly ConversationId[]>([])
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const send = useSend(request)
  const count = people.length + chats.length
  const submit = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await send({ people, chats, text: text.trim() })
      onClose()
    } catch (failure) {
      setError(errorText(failure))
      setBusy(false)
    }
  }
  const toggle = (id: ConversationId) =>
    setChats((known) => (known.includes(id) ? known.filter((one) => one !== id) : [...known, id]))
  return (
    <>
      <PeoplePicker chosen={people} most={limits.shareRecipients - chats.length} onChange={setPeople}>
        <LinkButtons request={request} onDone={onClose} />
        <Recent chosen={chats} onToggle={toggle} />
      </PeoplePicker>
      <PickerFoot
        label={t('send.action')}
        disabled={count === 0}
        busy={busy}
        error={error}
        onPress={() => void submit()}
      >
        {count > 0 && (
          <TextField label={t('send.text')} value={text} onChange={setText} maxLength={limits.message} />
        )}
      </PickerFoot>
    </>
  )
}

interface Sending {
  people: readonly UserId[]
  chats: readonly ConversationId[]
  text: string
}

/** Sent again after a lost answer, it is the same message. */
function useSend({ kind, id }: SendRequest) {
  const key = useRef(randomKey())
  const router = useRouter()
  return async ({ people, chats, text }: Sending) => {
    const usernames = people.flatMap((one) => entities.get('users', one)?.username ?? [])
    const { messages } = await api.messages.share({
      body: {
        client_message_id: key.current,
        subject: { kind, id },
        ...(usernames.length > 0 ? { usernames } : {}),
        ...(chats.length > 0 ? { conversation_ids: [...chats] } : {}),
        ...(text ? { text } : {}),
      },
    })
    messages.forEach(receiveMessage)
    const [first] = messages
    const conversationId = first?.conversation_id
    const open = conversationId && {
      label: t('send.open'),
      onPress: () => void router.navigate({ to: '/direct/t/$conversationId', params: { conversationId } }),
    }
    toast(t('send.sent', { count: messages.length }), messages.length === 1 && open ? open : undefined)
  }
}

/** For elsewhere: its link. */
function LinkButtons({ request, onDone }: { request: SendRequest; onDone: () => void }) {
  const { address, title } = request
  const url = new URL(address, location.origin).href
  const canShare = 'share' in navigator && matchMedia('(pointer: coarse)').matches
  return (
    <div className={styles.links}>
      <Button
        label={t('send.copy')}
        icon={Link2}
        size="small"
        onPress={() => {
          onDone()
          void copyText(url)
        }}
      />
      {canShare && (
        <Button
          label={t('send.elsewhere')}
          icon={Share2}
          size="small"
          onPress={() => {
            onDone()
            void shareLink(url, title)
          }}
        />
      )}
      <Elsewhere request={request} url={url} onDone={onDone} />
    </div>
  )
}

/** How many of the last conversations are offered. */
const RECENT = 8

interface RecentProps {
  chosen: readonly ConversationId[]
  onToggle: (id: ConversationId) => void
}

function Recent({ chosen, onToggle }: RecentProps) {
  const { ids } = useConversations('inbox')
  const open = ids.filter((id) => entities.get('conversations', id)?.viewer.may_send).slice(0, RECENT)
  if (open.length === 0) return null
  return (
    <>
      <h3 className={styles.title}>{t('send.recent')}</h3>
      {open.map((id) => (
        <ConversationChoice key={id} id={id} isChosen={chosen.includes(id)} onPress={() => onToggle(id)} />
      ))}
      <h3 className={styles.title}>{t('new.people')}</h3>
    </>
  )
}

interface ConversationChoiceProps {
  id: ConversationId
  isChosen: boolean
  onPress: () => void
}

function ConversationChoice({ id, isChosen, onPress }: ConversationChoiceProps) {
  const me = useMember()
  const conversation = useConversation(id)
  if (!conversation) return null
  const face = faceOf(conversation, me.user_id)
  const note = face.other?.username ?? t('chat.members', { count: conversation.members.length })
  return (
    <ChoiceRow
      avatar={<ConversationAvatar conversation={conversation} face={face} size={44} />}
      name={face.name}
      note={note}
      isChosen={isChosen}
      onPress={onPress}
    />
  )
}
