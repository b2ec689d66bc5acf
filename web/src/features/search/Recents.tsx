import { useQuery } from '@tanstack/react-query'
import type { RecentSearch } from '@tintype/contract'
import { Search, X } from 'lucide-react'
import { useId } from 'react'
import { reportError } from '../../data/report-error.ts'
import { Suggestions } from '../../things/people/Suggestions.tsx'
import { Button } from '../../ui/Button.tsx'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import row from './HitRow.module.css'
import { HitRow } from './HitRow.tsx'
import { t } from './messages.ts'
import styles from './Recents.module.css'
import { forgetRecents, recentsQuery } from './search-lists.ts'

/** Before anything is typed: what one searched for lately, else what can be searched for. */
export function Recents({ onSearch }: { onSearch: (q: string) => void }) {
  const { data: recents = [], isPending } = useQuery(recentsQuery)
  const heading = useId()
  if (isPending) return null
  if (recents.length === 0)
    return (
      <>
        <EmptyState drawing={<Loupe />} title={t('search.idle')} text={t('search.idleText')} />
        <Suggestions limit={10} />
      </>
    )
  return (
    <section aria-labelledby={heading}>
      <div className={styles.head}>
        <h2 id={heading} className={styles.title}>
          {t('search.recent')}
        </h2>
        <Button label={t('search.clear')} tone="quiet" onPress={() => forget()} />
      </div>
      <ul className={styles.list}>
        {recents.map((recent) => (
          <li key={recent.recent_id}>
            <Recent recent={recent} onSearch={onSearch} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Recent({ recent, onSearch }: { recent: RecentSearch; onSearch: (q: string) => void }) {
  const { q, hit, recent_id } = recent
  const remove = (
    <IconButton
      icon={X}
      label={t('search.forget', { name: nameOf(recent) })}
      onPress={() => forget(recent_id)}
    />
  )
  if (hit) return <HitRow hit={hit} action={remove} />
  return (
    <div className={row.row}>
      <button type="button" className={`${row.link} ${styles.again}`} onClick={() => onSearch(q ?? '')}>
        <span className={row.sign}>
          <Search aria-hidden size={20} />
        </span>
        <span className={row.name}>{q}</span>
      </button>
      {remove}
    </div>
  )
}

const forget = (id?: RecentSearch['recent_id']): void => void forgetRecents(id).catch(reportError)

function nameOf({ q, hit }: RecentSearch): string {
  if (!hit) return q ?? ''
  return hit.type === 'user' ? hit.user.username : hit.type === 'hashtag' ? `#${hit.tag}` : hit.place.name
}
