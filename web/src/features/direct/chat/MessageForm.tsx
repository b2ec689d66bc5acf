import { type ConversationId, isBlank, limits } from '@tintype/contract'
import { ImagePlus, Mic } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { keepDraft, useDraft } from '../../../data/direct/drafts.ts'
import { editMessage } from '../../../data/direct/message-intents.ts'
import { sendMessage } from '../../../data/direct/outbox.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { useTakeFiles } from '../../../shell/file-taker.ts'
import { useIsPhone } from '../../../shell/viewport.ts'
import { useFilePicker } from '../../../things/composing/use-file-picker.tsx'
import { t } from '../../../things/direct/messages.ts'
import { cutText } from '../../../ui/cut-text.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { FormBar } from './FormBar.tsx'
import styles from './MessageForm.module.css'
import { PhotoTray } from './PhotoTray.tsx'
import { usePhotosToSend } from './use-photos-to-send.ts'
import { useTellTyping } from './use-typing.ts'
import { t as voiceText } from './voice/messages.ts'
import { RecorderBar } from './voice/RecorderBar.tsx'
import { canRecord, useRecorder } from './voice/use-recorder.ts'
import { WritingLine as Line } from './WritingLine.tsx'

interface MessageFormProps {
  id: ConversationId
  /** With whom, for the label of what is dropped. */
  name: string
  editing: MessageEntity | null
  onEdited: () => void
  /** Something was sent: the newest comes into sight. */
  onSent: () => void
  field: RefObject<HTMLTextAreaElement | null>
}

/** Enter sends, Shift+Enter breaks the line. What is written stays with its conversation until it is sent. */
export function MessageForm(props: MessageFormProps) {
  const { id, editing, onEdited } = props
  return editing ? (
    <EditForm key={editing.message_id} message={editing} field={props.field} onDone={onEdited} />
  ) : (
    <WriteForm key={id} {...props} />
  )
}

function WriteForm({ id, name, onSent, field }: MessageFormProps) {
  const draft = useDraft(id)
  const photos = usePhotosToSend()
  const phone = useIsPhone()
  const tellTyping = useTellTyping(id)
  const picker = useFilePicker(photos.add, { films: true })
  const recorder = useRecorder((voice) => {
    sendMessage({
      conversation_id: id,
      text: null,
      reply_to: draft.reply_to,
      photos: [],
      voice,
      expires: null,
    })
    keepDraft(id, { ...draft, reply_to: null })
    onSent()
  })
  useTakeFiles(t('write.drop', { name }), photos.add)
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (!phone) field.current?.focus({ preventScroll: true })
  }, [phone, field])
  const isEmpty = isBlank(draft.text) && photos.all.length === 0
  const send = () => {
    if (isEmpty || photos.isReading) return
    const text = isBlank(draft.text) ? null : draft.text.trim()
    sendMessage({
      conversation_id: id,
      text,
      reply_to: draft.reply_to,
      photos: photos.all,
      expires: photos.life,
    })
    keepDraft(id, { text: '', reply_to: null })
    photos.clear()
    onSent()
    field.current?.focus({ preventScroll: true })
  }
  const handleChange = (text: string) => {
    keepDraft(id, { ...draft, text: cutText(text, limits.message) })
    if (!isBlank(text)) tellTyping()
  }
  const dropReply = () => keepDraft(id, { ...draft, reply_to: null })
  return (
    <div className={styles.foot} data-writing-line>
      {draft.reply_to && <FormBar kind="reply" messageId={draft.reply_to} onClose={dropReply} />}
      {photos.all.length > 0 && <PhotoTray sending={photos} />}
      {recorder.seconds !== null ? (
        <RecorderBar seconds={recorder.seconds} onCancel={recorder.cancel} onSend={recorder.finish} />
      ) : (
        <Line
          field={field}
          value={draft.text}
          onChange={handleChange}
          onSubmit={send}
          onEscape={draft.reply_to ? dropReply : undefined}
          disabled={isEmpty}
          start={
            <>
              <IconButton icon={ImagePlus} label={t('write.photo')} onPress={picker.open} />
              {picker.input}
              {isEmpty && canRecord() && (
                <IconButton icon={Mic} label={voiceText('record')} onPress={() => void recorder.begin()} />
              )}
            </>
          }
        />
      )}
    </div>
  )
}

interface EditFormProps {
  message: MessageEntity
  field: RefObject<HTMLTextAreaElement | null>
  onDone: () => void
}

function EditForm({ message, field, onDone }: EditFormProps) {
  const [text, setText] = useState(message.body ?? '')
  useEffect(() => field.current?.focus(), [field])
  const save = () => {
    if (isBlank(text)) return
    if (text.trim() !== message.body) void editMessage(message, text.trim())
    onDone()
  }
  return (
    <div className={styles.foot} data-writing-line>
      <FormBar kind="edit" messageId={message.message_id} onClose={onDone} />
      <Line
        field={field}
        value={text}
        onChange={(value) => setText(cutText(value, limits.message))}
        onSubmit={save}
        onEscape={onDone}
        disabled={isBlank(text)}
      />
    </div>
  )
}
