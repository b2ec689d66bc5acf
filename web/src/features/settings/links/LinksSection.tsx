import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { LinkRow } from '../../../things/links/LinkRow.tsx'
import own from '../../../things/links/Links.module.css'
import { linksQuery } from '../../../things/links/links-query.ts'
import { t } from '../../../things/links/messages.ts'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { whenText } from '../../../things/scheduling/when.ts'
import { CrookedFrame } from '../../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'

/** One's private links to posts. */
export function LinksSection() {
  const { data, error, refetch } = useQuery(linksQuery)
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  if (data.length === 0)
    return <EmptyState drawing={<CrookedFrame />} title={t('empty')} text={t('emptyText')} />
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('text')}</p>
      {data.map((link) => (
        <div key={link.link_id} className={own.card}>
          <Link
            to="/p/$postId"
            params={{ postId: link.post_id }}
            className={own.picture}
            aria-label={link.caption || t('view', { when: whenText(link.created_at) })}
          >
            {link.picture && <img src={link.picture} alt="" />}
          </Link>
          <LinkRow link={link} />
        </div>
      ))}
    </div>
  )
}
