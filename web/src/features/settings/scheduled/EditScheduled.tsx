import { useMutation } from '@tanstack/react-query'
import { limits, type ScheduledPost, textLength } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText } from '../../../data/report-error.ts'
import { t as words } from '../../../kit/messages.ts'
import styles from '../../../things/account/Sections.module.css'
import { WhenField } from '../../../things/scheduling/WhenField.tsx'
import { faultOf, instantOf, localOf } from '../../../things/scheduling/when.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from './messages.ts'
import own from './Scheduled.module.css'
import { readScheduledAgain } from './scheduled-query.ts'

/** Its time and its caption. */
export function EditScheduled({ post, onDone }: { post: ScheduledPost; onDone: () => void }) {
  const [when, setWhen] = useState(localOf(new Date(post.publish_at)))
  const [caption, setCaption] = useState(post.caption)
  const at = instantOf(when)
  const save = useMutation({
    mutationFn: () =>
      api.scheduled.edit({
        params: { scheduled_id: post.scheduled_id },
        body: { caption: caption.trim(), ...(at && { publish_at: at.toISOString() }) },
      }),
    onSuccess: async () => {
      await readScheduledAgain()
      toast(t('edit.saved'))
      onDone()
    },
  })
  const fits = textLength(caption) <= limits.caption && faultOf(at, Date.now()) === null
  return (
    <form
      className={own.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fits && !save.isPending) save.mutate()
      }}
    >
      <WhenField value={when} onChange={setWhen} />
      <TextArea label={t('edit.caption')} value={caption} onChange={setCaption} />
      {save.error && <FormError text={errorText(save.error)} />}
      <div className={styles.start}>
        <Button
          label={words('action.save')}
          tone="primary"
          type="submit"
          busy={save.isPending}
          disabled={!fits}
        />
      </div>
    </form>
  )
}
