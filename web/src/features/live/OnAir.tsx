import type { LiveId } from '@tintype/contract'
import { Mic, MicOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Ended } from './Ended.tsx'
import { HostBar } from './HostBar.tsx'
import styles from './Live.module.css'
import { LiveHead } from './LiveHead.tsx'
import { t } from './messages.ts'
import { Preview } from './Preview.tsx'
import { Talk } from './Talk.tsx'
import { useBroadcast } from './use-broadcast.ts'
import { useLive } from './use-live.ts'
import type { PictureFrom } from './use-picture.ts'

interface OnAirProps {
  id: LiveId
  stream: MediaStream | undefined
  from: PictureFrom
  /** There is no picture any more. */
  failed: boolean
}

const texts = {
  connecting: 'live.starting',
  lost: 'live.lost',
  full: 'live.full',
  stopped: 'live.elsewhere',
} as const

/** A host on air: what is sent, who watches, what they say. */
export function OnAir({ id, stream, from, failed }: OnAirProps) {
  const { query, comments } = useLive(id)
  const live = query.data
  const isOver = live?.status === 'ended'
  const sending = useBroadcast(isOver ? undefined : id, stream)
  const [isMuted, setMuted] = useState(false)
  useEffect(() => {
    for (const track of stream?.getAudioTracks() ?? []) track.enabled = !isMuted
  }, [stream, isMuted])
  if (!live) return <Spinner label={t('live.starting')} />
  if (isOver) return <Ended live={live} />
  const going = live.status === 'live' ? 'live.onAir' : 'live.starting'
  const state = sending === 'sending' ? going : texts[sending]
  return (
    <div className={styles.screen}>
      <h1 className={styles.hidden}>{t('live.of', { name: live.user.username })}</h1>
      <div className={styles.stage} data-from={from}>
        <LiveHead live={live} />
        <Preview stream={stream} />
        <p className={styles.state} role="status">
          {t(failed ? 'live.noPicture' : state)}
        </p>
        <div className={styles.playing}>
          <IconButton
            icon={isMuted ? MicOff : Mic}
            label={t(isMuted ? 'live.unmute' : 'live.mute')}
            tone="veil"
            onPress={() => setMuted(!isMuted)}
          />
        </div>
      </div>
      <aside className={styles.side}>
        <HostBar live={live} />
        <Talk live={live} comments={comments} />
      </aside>
    </div>
  )
}
