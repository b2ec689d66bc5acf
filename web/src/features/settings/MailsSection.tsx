import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import account from '../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Safelight } from '../../ui/drawings/Safelight.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import styles from './NotificationsSection.module.css'
import { t } from './notice-messages.ts'

/** The owner's: what was written while there is no mail server. */
export function MailsSection() {
  const query = useQuery({ queryKey: ['mail-outbox'], queryFn: () => api.mails.outbox() })
  if (query.isPending) return <PeopleSkeleton rows={4} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const { delivered_by: host, mails } = query.data
  if (host !== null) return <p className={account.note}>{t('mails.smtp', { host })}</p>
  return (
    <div className={account.form}>
      <p className={account.note}>{t('mails.folder')}</p>
      {mails.length === 0 ? (
        <EmptyState drawing={<Safelight />} title={t('mails.empty')} text={t('mails.emptyText')} />
      ) : (
        <ul aria-label={t('mails.list')}>
          {mails.map((mail) => (
            <li key={mail.mail_id}>
              <details className={styles.mail}>
                <summary>
                  <span className={styles.subject}>{mail.subject}</span>
                  <span className={styles.detail}>
                    {t('mails.to', { address: mail.to })} · <RelativeTime at={mail.created_at} />
                  </span>
                </summary>
                <pre className={styles.text}>{mail.text}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
