import { Copy, Download } from 'lucide-react'
import { useInstance, useMember } from '../../../data/member.ts'
import styles from '../../../things/account/Sections.module.css'
import { copyText } from '../../../things/post/share.ts'
import { Button } from '../../../ui/Button.tsx'
import { t } from './messages.ts'
import own from './Security.module.css'

/** Shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { username } = useMember()
  const place = useInstance()?.name ?? location.host
  const handleSave = () => {
    const text = [t('codes.file', { username, place }), '', ...codes, ''].join('\n')
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), {
      href: url,
      download: `${username}-recovery-codes.txt`,
    }).click()
    setTimeout(() => URL.revokeObjectURL(url), 1000)
  }
  return (
    <section className={styles.form} aria-labelledby="recovery-codes">
      <h2 id="recovery-codes" className={styles.subtitle}>
        {t('codes.title')}
      </h2>
      <p className={styles.note}>{t('codes.text')}</p>
      <ul className={own.codes} aria-label={t('codes.list')}>
        {codes.map((code) => (
          <li key={code} className={own.mono}>
            {code}
          </li>
        ))}
      </ul>
      <div className={own.row}>
        <Button label={t('codes.copy')} icon={Copy} onPress={() => void copyText(codes.join('\n'))} />
        <Button label={t('codes.save')} icon={Download} onPress={handleSave} />
      </div>
      <div className={styles.start}>
        <Button label={t('codes.done')} tone="primary" onPress={onDone} />
      </div>
    </section>
  )
}
