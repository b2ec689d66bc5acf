import { Link } from '@tanstack/react-router'
import type { Highlight } from '@tintype/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { UserEntity } from '../../../data/entities/types.ts'
import { t } from '../../../kit/messages.ts'
import { lazyWhenOpen } from '../../../ui/lazy-when-open.tsx'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import styles from './HighlightRow.module.css'

const HighlightDialog = lazyWhenOpen(() => import('./HighlightDialog.tsx'))

const COVER = { phone: '64px', wide: '77px' }

interface HighlightRowProps {
  user: UserEntity
  highlights: readonly Highlight[]
}

/** Stories that a member keeps on their profile; not drawn where there are none and none can be made. */
export function HighlightRow({ user, highlights }: HighlightRowProps) {
  const [making, setMaking] = useState(false)
  if (highlights.length === 0 && !user.is_self) return null
  return (
    <section className={styles.highlights} aria-label={t('highlights.title')}>
      <ul className={styles.row}>
        {highlights.map((highlight) => (
          <Entry key={highlight.highlight_id} highlight={highlight} />
        ))}
        {user.is_self && (
          <li>
            <button
              type="button"
              className={styles.entry}
              aria-label={t('highlights.make')}
              onClick={() => setMaking(true)}
            >
              <span className={styles.cover}>
                <Plus aria-hidden size={28} strokeWidth={1.5} />
              </span>
              <span className={styles.title}>{t('highlights.new')}</span>
            </button>
          </li>
        )}
      </ul>
      {user.is_self && (
        <HighlightDialog open={making} onClose={() => setMaking(false)} username={user.username} />
      )}
    </section>
  )
}

function Entry({ highlight: { highlight_id, title, cover } }: { highlight: Highlight }) {
  return (
    <li>
      <Link
        to="/highlights/$highlightId"
        params={{ highlightId: highlight_id }}
        className={styles.entry}
        aria-label={t('highlights.open', { title })}
        resetScroll={false}
      >
        <span className={styles.cover} aria-hidden>
          {cover && <MediaBox media={cover} fallbackAlt="" place={COVER} ratio={1} />}
        </span>
        <span className={styles.title}>{title}</span>
      </Link>
    </li>
  )
}
