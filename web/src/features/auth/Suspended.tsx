import { useMutation } from '@tanstack/react-query'
import { type SuspensionDetails, TintypeError } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { dateFormat } from '../../ui/relative-time.ts'
import { TextArea } from '../../ui/TextArea.tsx'
import { t } from './suspended-messages.ts'

const DAY = { dateStyle: 'long', timeStyle: 'short' } as const

/** What a log-in is told that moderators keep out. */
export function suspensionOf(error: unknown): SuspensionDetails | undefined {
  if (!(error instanceof TintypeError && error.code === 'account_suspended')) return undefined
  const { details } = error
  return details && 'ticket' in details ? (details as unknown as SuspensionDetails) : undefined
}

/** Until when and why, and how to ask for another look. */
export function Suspended(props: SuspensionDetails & { onBack: () => void }) {
  const { until, rule, message, appeal, ticket, onBack } = props
  usePageTitle(t('suspended.title'))
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => api.accounts.appeal({ body: { ticket, text: text.trim() } }),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) send.mutate()
  }
  const state = send.isSuccess ? 'open' : appeal
  return (
    <>
      <h1 className={styles.title}>{t('suspended.title')}</h1>
      <p>
        {until
          ? t('suspended.until', { when: dateFormat(DAY).format(new Date(until)) })
          : t('suspended.open')}
      </p>
      <p>{t('suspended.rule', { rule: words(`rule.${rule}`) })}</p>
      {message && <p>{t('suspended.says', { text: message })}</p>}
      {state === 'possible' ? (
        <form className={styles.form} onSubmit={handleSubmit}>
          {send.error && <FormError text={errorText(send.error)} />}
          <TextArea
            label={t('suspended.why')}
            hint={t('suspended.whyHint')}
            value={text}
            onChange={setText}
            maxLength={1000}
          />
          <Button label={t('suspended.send')} type="submit" tone="primary" wide busy={send.isPending} />
        </form>
      ) : (
        <p role="status">{words(`appeal.${state}`)}</p>
      )}
      <Button label={t('suspended.back')} tone="quiet" wide onPress={onBack} />
    </>
  )
}
