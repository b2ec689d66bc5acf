import { TintypeError } from '@tintype/contract'
import { errorText } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { WayOn } from '../../shell/NotFoundScreen.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './PostGone.module.css'

/** Deleted, not shared with the viewer, or out of reach for the moment. */
export function PostGone({ error }: { error: unknown }) {
  const reachable = !error || (error instanceof TintypeError && error.code === 'not_found')
  return (
    <div className={styles.gone}>
      <EmptyState
        drawing={<CrookedFrame />}
        title={reachable ? t('post.gone') : navigator.onLine ? t('unavailable.title') : t('offline.title')}
        text={reachable ? t('post.goneText') : errorText(error)}
        action={<WayOn />}
      />
    </div>
  )
}
