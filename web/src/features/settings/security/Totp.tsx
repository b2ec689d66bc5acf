import { useMutation } from '@tanstack/react-query'
import { TintypeError, type TotpSecret } from '@tintype/contract'
import { Copy } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText, reportError } from '../../../data/report-error.ts'
import { CodeField } from '../../../things/account/CodeField.tsx'
import { readFactorsAgain } from '../../../things/account/factors-query.ts'
import styles from '../../../things/account/Sections.module.css'
import { copyText } from '../../../things/post/share.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { toast } from '../../../ui/toast.ts'
import { t } from './messages.ts'
import { QrCode } from './QrCode.tsx'
import own from './Security.module.css'

type OnCodes = (codes: string[]) => void

export function TotpOff({ onCodes }: { onCodes: OnCodes }) {
  return (
    <>
      <p>{t('totp.offText')}</p>
      <SetUp label={t('totp.begin')} tone="primary" onCodes={onCodes} />
    </>
  )
}

interface SetUpProps {
  label: string
  tone?: 'primary' | 'plain'
  onCodes: OnCodes
}

/** A button; pressed, the secret and the field for a first code. */
function SetUp({ label, tone, onCodes }: SetUpProps) {
  const [secret, setSecret] = useState<TotpSecret | null>(null)
  const begin = useMutation({
    mutationFn: () => api.factors.beginTotp(),
    onSuccess: setSecret,
    onError: reportError,
  })
  if (secret) return <Confirm secret={secret} onCodes={onCodes} onCancel={() => setSecret(null)} />
  return (
    <div className={styles.start}>
      <Button
        label={label}
        {...(tone ? { tone } : {})}
        busy={begin.isPending}
        onPress={() => begin.mutate()}
      />
    </div>
  )
}

interface ConfirmProps {
  secret: TotpSecret
  onCodes: OnCodes
  onCancel: () => void
}

function Confirm({ secret, onCodes, onCancel }: ConfirmProps) {
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => api.factors.confirmTotp({ body: { code } }),
    onSuccess: ({ recovery_codes }) => {
      onCodes(recovery_codes)
      return readFactorsAgain()
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim()) confirm.mutate()
  }
  const text = confirm.error ? errorText(confirm.error) : undefined
  const atField = confirm.error instanceof TintypeError && confirm.error.status < 404
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      {text && !atField && <FormError text={text} />}
      <p>{t('totp.scan')}</p>
      <QrCode text={secret.uri} label={t('totp.picture')} />
      <div>
        <p className={styles.note}>{t('totp.byHand')}</p>
        <div className={own.secret}>
          <code className={own.mono}>{secret.secret.match(/.{1,4}/g)?.join(' ')}</code>
          <Button
            label={t('totp.copy')}
            icon={Copy}
            size="small"
            onPress={() => void copyText(secret.secret)}
          />
        </div>
      </div>
      <CodeField label={t('totp.code')} value={code} onChange={setCode} error={atField ? text : undefined} />
      <div className={own.row}>
        <Button label={t('totp.confirm')} type="submit" tone="primary" busy={confirm.isPending} />
        <Button label={t('totp.cancel')} tone="quiet" onPress={onCancel} />
      </div>
    </form>
  )
}

interface TotpOnProps {
  since: string
  codesLeft: number
  onCodes: OnCodes
}

export function TotpOn({ since, codesLeft, onCodes }: TotpOnProps) {
  const [asking, setAsking] = useState<'off' | 'renew' | null>(null)
  const end = () => setAsking(null)
  const turnOff = useMutation({
    mutationFn: () => api.factors.removeTotp(),
    onMutate: end,
    onSuccess: () => {
      toast(t('totp.isOff'))
      return readFactorsAgain()
    },
    onError: reportError,
  })
  const renew = useMutation({
    mutationFn: () => api.factors.renewRecoveryCodes(),
    onMutate: end,
    onSuccess: ({ recovery_codes }) => {
      onCodes(recovery_codes)
      return readFactorsAgain()
    },
    onError: reportError,
  })
  return (
    <>
      <p>{t('totp.on', { date: longDate(since) })}</p>
      <p className={styles.note}>{t('totp.left', { count: codesLeft })}</p>
      <div className={own.row}>
        <Button label={t('totp.renew')} busy={renew.isPending} onPress={() => setAsking('renew')} />
        <Button
          label={t('totp.off')}
          tone="danger"
          busy={turnOff.isPending}
          onPress={() => setAsking('off')}
        />
      </div>
      <SetUp label={t('totp.otherApp')} onCodes={onCodes} />
      <ConfirmDialog
        open={asking === 'renew'}
        onClose={end}
        title={t('totp.renewTitle')}
        text={t('totp.renewText')}
        action={t('totp.renew')}
        onConfirm={() => renew.mutate()}
      />
      <ConfirmDialog
        open={asking === 'off'}
        onClose={end}
        title={t('totp.offTitle')}
        text={t('totp.offQuestion')}
        action={t('totp.off')}
        onConfirm={() => turnOff.mutate()}
      />
    </>
  )
}
