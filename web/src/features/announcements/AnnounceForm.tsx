import { useMutation } from '@tanstack/react-query'
import { announcementLimits, isBlank } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../data/report-error.ts'
import { newKey } from '../../things/comments/idempotency.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './AnnouncementsScreen.module.css'
import { announce } from './announcement-list.ts'
import { t } from './messages.ts'

/** The owner's. */
export function AnnounceForm() {
  const [text, setText] = useState('')
  // What is said again after an answer that did not come is said once; other words are another thing.
  const [key, setKey] = useState(newKey)
  const send = useMutation({
    mutationFn: () => announce(text.trim(), key),
    onSuccess: () => {
      setText('')
      setKey(newKey())
      toast(t('sent'))
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isBlank(text) && !send.isPending) send.mutate()
  }
  const handleChange = (next: string) => {
    setText(next)
    setKey(newKey())
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <TextArea
        label={t('label')}
        hint={t('hint')}
        maxLength={announcementLimits.text}
        value={text}
        onChange={handleChange}
        disabled={send.isPending}
      />
      {send.error && <FormError text={errorText(send.error)} />}
      <Button label={t('send')} type="submit" tone="primary" busy={send.isPending} disabled={isBlank(text)} />
    </form>
  )
}
