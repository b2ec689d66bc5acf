import { useMutation } from '@tanstack/react-query'
import { type ModerationRule, moderationRules, type UserId } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import Dialog from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { setBlocking } from '../people/ties.ts'
import { t } from './messages.ts'
import styles from './ReportDialog.module.css'
import type { ReportTarget } from './report-sheet.ts'

interface ReportDialogProps {
  target: ReportTarget
  open: boolean
  onClose: () => void
}

const NOTE = 1000

/** Why something is reported; then whether one wants to see its author again. */
export default function ReportDialog({ target, open, onClose }: ReportDialogProps) {
  const [sent, setSent] = useState(false)
  return (
    <Dialog open={open} onClose={onClose} title={t('report.title')}>
      {sent ? (
        <AndNow target={target} onClose={onClose} />
      ) : (
        <Form target={target} onSent={() => setSent(true)} />
      )}
    </Dialog>
  )
}

function Form({ target, onSent }: { target: ReportTarget; onSent: () => void }) {
  const [reason, setReason] = useState<ModerationRule | null>(null)
  const [note, setNote] = useState('')
  const [copy, setCopy] = useState(true)
  const { kind, id, partition } = target
  const isMessage = kind === 'message'
  const send = useMutation({
    mutationFn: (why: ModerationRule) =>
      api.reports.create({
        body: {
          kind,
          id,
          ...(partition ? { partition } : {}),
          reason: why,
          ...(note.trim() ? { note: note.trim() } : {}),
          ...(isMessage ? { with_copy: copy } : {}),
        },
      }),
    onSuccess: onSent,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (reason) send.mutate(reason)
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {send.error && <FormError text={errorText(send.error)} />}
      <fieldset className={styles.reasons}>
        <legend className={styles.legend}>{t('report.why')}</legend>
        {moderationRules.map((rule) => (
          <label key={rule} className={styles.reason}>
            <input type="radio" name="reason" checked={reason === rule} onChange={() => setReason(rule)} />
            {t(`rule.${rule}`)}
          </label>
        ))}
      </fieldset>
      {isMessage && (
        <Switch label={t('report.copy')} hint={t('report.copyHint')} checked={copy} onChange={setCopy} />
      )}
      <TextArea label={t('report.note')} value={note} onChange={setNote} maxLength={NOTE} rows={2} />
      <p className={styles.note}>{t('report.who', { name: target.user.username })}</p>
      <Button
        label={t('report.send')}
        type="submit"
        tone="primary"
        wide
        disabled={reason === null}
        busy={send.isPending}
      />
    </form>
  )
}

/** What the reporter may do about it themself. */
function AndNow({ target: { user }, onClose }: { target: ReportTarget; onClose: () => void }) {
  const name = user.username
  const block = useMutation({
    mutationFn: () => setBlocking(user.user_id as UserId, true),
    onSettled: onClose,
  })
  return (
    <div className={styles.form} role="status">
      <p className={styles.legend}>{t('report.sent')}</p>
      <p className={styles.note}>{t('report.sentText', { name })}</p>
      <div className={styles.buttons}>
        <Button label={t('report.done')} tone="ink" wide onPress={onClose} />
        <Button
          label={t('report.block', { name })}
          tone="danger"
          wide
          busy={block.isPending}
          onPress={() => block.mutate()}
        />
      </div>
    </div>
  )
}
