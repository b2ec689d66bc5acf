import { useMutation } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { dateFormat } from '../../ui/relative-time.ts'
import { copyText } from '../post/share.ts'
import styles from './Invitations.module.css'
import { t } from './messages.ts'
import settings from './Sections.module.css'

const DAY = { day: 'numeric', month: 'long' } as const
const linkOf = (code: string) =>
  new URL(`/signup?invitation=${encodeURIComponent(code)}`, location.origin).href

/** Makes codes and shows those made since the page was opened, as links to hand out; `bare` under a heading that says so. */
export function Invitations({ bare }: { bare?: boolean }) {
  const [made, setMade] = useState<{ code: string; expires_at: string }[]>([])
  const create = useMutation({
    mutationFn: () => api.community.invite(),
    onSuccess: (invitation) => setMade((known) => [invitation, ...known]),
    onError: reportError,
  })
  return (
    <section className={settings.form} aria-label={t('community.invite')}>
      {!bare && (
        <>
          <h2 className={settings.subtitle}>{t('community.invite')}</h2>
          <p className={settings.note}>{t('community.inviteText')}</p>
        </>
      )}
      <ul className={styles.list} aria-live="polite">
        {made.map(({ code, expires_at }) => (
          <li key={code} className={styles.invitation}>
            <div className={styles.text}>
              <p className={styles.code}>{code}</p>
              <p className={styles.until}>
                {t('community.expires', { date: dateFormat(DAY).format(new Date(expires_at)) })}
              </p>
            </div>
            <Button
              label={t('community.copyInvite')}
              icon={Copy}
              size="small"
              onPress={() => void copyText(linkOf(code))}
            />
          </li>
        ))}
      </ul>
      <div className={settings.start}>
        <Button label={t('community.inviteAction')} busy={create.isPending} onPress={() => create.mutate()} />
      </div>
    </section>
  )
}
