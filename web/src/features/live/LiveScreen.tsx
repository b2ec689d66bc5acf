import { useParams } from '@tanstack/react-router'
import { type LiveId, TintypeError } from '@tintype/contract'
import { Flag } from 'lucide-react'
import { useMe } from '../../data/member.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { usePageTitle } from '../../shell/page-title.ts'
import { openReport } from '../../things/reporting/report-sheet.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Ended } from './Ended.tsx'
import { HostBar } from './HostBar.tsx'
import styles from './Live.module.css'
import { LiveHead } from './LiveHead.tsx'
import { LivePlayer } from './LivePlayer.tsx'
import { t } from './messages.ts'
import { Program } from './Program.tsx'
import { Talk } from './Talk.tsx'
import { useLive } from './use-live.ts'

/** A live as it is watched; its host finds here what they do with it, too. */
export default function LiveScreen() {
  const { liveId } = useParams({ strict: false })
  const me = useMe()
  const { query, comments } = useLive(liveId as LiveId)
  const live = query.data
  usePageTitle(live ? t('live.of', { name: live.user.username }) : t('live.badge'))
  if (query.error instanceof TintypeError && query.error.code === 'not_found') return <NotFoundScreen />
  if (!live) {
    if (query.error) return <LoadError error={query.error} onRetry={query.refetch} />
    return <Spinner label={t('live.badge')} />
  }
  if (live.status === 'ended') return <Ended live={live} />
  const { user, live_id, playlist, viewer } = live
  const isPrepared = live.status === 'waiting' && live.host?.source === 'encoder'
  return (
    <div className={styles.screen}>
      <h1 className={styles.hidden}>{t('live.of', { name: user.username })}</h1>
      <div className={styles.stage}>
        <LiveHead live={live} />
        {playlist ? (
          <LivePlayer
            key={live.status}
            playlist={playlist}
            name={user.username}
            onBroken={() => void query.refetch()}
          />
        ) : (
          <p className={styles.state} role="status">
            {t(isPrepared ? 'live.waitsForProgram' : 'live.waits')}
          </p>
        )}
        {isPrepared && playlist && (
          <p className={styles.state} role="status">
            {t('live.previewed')}
          </p>
        )}
      </div>
      <aside className={styles.side}>
        {isPrepared && <Program live={live} />}
        {viewer.is_host && !isPrepared && <HostBar live={live} />}
        {!isPrepared && <Talk live={live} comments={comments} />}
        {me && !viewer.is_host && (
          <IconButton
            icon={Flag}
            size="small"
            label={t('live.report')}
            onPress={() => openReport({ kind: 'live', id: live_id, user })}
          />
        )}
      </aside>
    </div>
  )
}
