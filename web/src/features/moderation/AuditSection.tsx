import { useInfiniteQuery } from '@tanstack/react-query'
import { moderationRules } from '@tintype/contract'
import { t as words } from '../../things/reporting/messages.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import styles from './Moderation.module.css'
import { actionNames, t } from './messages.ts'
import { LongList, MemberLink } from './parts.tsx'
import { auditQuery } from './queries.ts'

/** A rule by its name; other words as they stand in the log. */
const whyOf = (why: string): string => {
  const rule = moderationRules.find((one) => one === why)
  return rule ? words(`rule.${rule}`) : why.replaceAll('_', ' ')
}

export function AuditSection() {
  const query = useInfiniteQuery(auditQuery)
  return (
    <div className={styles.stack}>
      <p className={styles.note}>{t('audit.note')}</p>
      <LongList
        query={query}
        keyOf={(entry) => String(entry.seq)}
        empty={<p className={styles.note}>{t('audit.empty')}</p>}
      >
        {(entry) => (
          <div className={styles.text}>
            <p className={styles.title}>
              {entry.seq} · {entry.actor ? entry.actor.username : t('audit.nobody')}{' '}
              {actionNames[entry.action] ?? entry.action}
            </p>
            <p className={styles.note}>
              {entry.member && (
                <>
                  <MemberLink user={entry.member} /> ·{' '}
                </>
              )}
              {whyOf(entry.why)} · <RelativeTime at={entry.at} />
            </p>
            <p className={styles.hash}>{entry.hash.slice(0, 16)}</p>
          </div>
        )}
      </LongList>
    </div>
  )
}
