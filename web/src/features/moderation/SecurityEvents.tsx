import { useInfiniteQuery } from '@tanstack/react-query'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import styles from './Moderation.module.css'
import { LongList, MemberLink } from './parts.tsx'
import { securityEventsQuery } from './queries.ts'
import { t } from './security-messages.ts'

/** What was tried and what was changed. The owner's alone. */
export function SecurityEvents() {
  const query = useInfiniteQuery(securityEventsQuery)
  return (
    <>
      <h2 className={styles.subtitle}>{t('events.title')}</h2>
      <p className={styles.note}>{t('events.note')}</p>
      <LongList
        query={query}
        keyOf={(event) => event.event_id}
        empty={<p className={styles.note}>{t('events.none')}</p>}
      >
        {({ kind, times, address, member, at }) => (
          <div className={styles.text}>
            <p className={styles.title}>
              {t(`event.${kind}`)}
              {times > 1 && ` × ${times}`}
            </p>
            <p className={styles.note}>
              {member && (
                <>
                  <MemberLink user={member} /> ·{' '}
                </>
              )}
              {address ?? t('threats.many')} · <RelativeTime at={at} />
            </p>
          </div>
        )}
      </LongList>
    </>
  )
}
