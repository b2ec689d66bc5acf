import { isBlank, limits } from '@tintype/contract'
import { SendHorizontal } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import type { StoryEntity, UserEntity } from '../../data/entities/types.ts'
import { reportError } from '../../data/report-error.ts'
import { cutText } from '../../ui/cut-text.ts'
import { toast } from '../../ui/toast.ts'
import { randomKey } from '../../upload/random-key.ts'
import { t } from './messages.ts'
import styles from './StoryReply.module.css'

interface StoryReplyProps {
  story: StoryEntity
  user: UserEntity
  /** The story waits meanwhile. */
  onTyping: (isTyping: boolean) => void
}

/** An answer in a message to the story's author. What was written stays until it has been taken; sent again, it is the same message. */
export function StoryReply({ story: { story_id }, user, onTyping }: StoryReplyProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const key = useRef(randomKey())
  const send = async () => {
    setBusy(true)
    try {
      const body = { client_message_id: key.current, text: text.trim() }
      await api.messages.replyToStory({ params: { story_id }, body })
      key.current = randomKey()
      setText('')
      toast(t('story.sent'))
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    } catch (error) {
      reportError(error)
    }
    setBusy(false)
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isBlank(text) && !busy) void send()
  }
  const label = t('story.reply', { name: user.username })
  return (
    <form
      className={styles.form}
      onSubmit={handleSubmit}
      onFocus={() => onTyping(true)}
      onBlur={() => onTyping(!isBlank(text))}
    >
      <input
        className={styles.field}
        aria-label={label}
        placeholder={label}
        value={text}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setText(cutText(event.target.value, limits.message))}
      />
      {!isBlank(text) && (
        <button type="submit" className={styles.send} aria-label={t('story.send')} disabled={busy}>
          <SendHorizontal aria-hidden size={20} />
        </button>
      )}
    </form>
  )
}
