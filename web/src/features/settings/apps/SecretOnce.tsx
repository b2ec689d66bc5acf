import { Copy } from 'lucide-react'
import { useEffect, useRef } from 'react'
import account from '../../../things/account/Sections.module.css'
import { copyText } from '../../../things/post/share.ts'
import { Button } from '../../../ui/Button.tsx'
import styles from './Apps.module.css'
import { t } from './messages.ts'

export interface Secret {
  label: string
  value: string
  /** What it is of. */
  of: string
}

/** What is shown this once. The focus goes to it, so that nobody passes over it. */
export function SecretOnce({ secret, onDone }: { secret: Secret; onDone: () => void }) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => card.current?.focus(), [])
  return (
    <section ref={card} tabIndex={-1} className={account.card} aria-label={`${secret.label}: ${secret.of}`}>
      <p className={styles.name}>
        {secret.label} · {secret.of}
      </p>
      <p className={account.note}>{t('dev.once')}</p>
      <code className={styles.value}>{secret.value}</code>
      <div className={styles.row}>
        <Button label={t('dev.copy')} icon={Copy} size="small" onPress={() => void copyText(secret.value)} />
        <Button label={t('dev.done')} size="small" onPress={onDone} />
      </div>
    </section>
  )
}
