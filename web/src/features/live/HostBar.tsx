import type { Live } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Live.module.css'
import { t } from './messages.ts'
import { patchLive } from './use-live.ts'

const SLOW = [0, 5, 15, 60]

/** What its host does with a live. */
export function HostBar({ live }: { live: Live }) {
  const [asking, setAsking] = useState(false)
  const params = { live_id: live.live_id }
  const change = (body: { comments_open?: boolean; slow_seconds?: number }) => {
    const before = { comments_open: live.comments_open, slow_seconds: live.slow_seconds }
    patchLive(live.live_id, body)
    api.live.update({ params, body }).catch((error: unknown) => {
      patchLive(live.live_id, before)
      reportError(error)
    })
  }
  const handleEnd = () => {
    setAsking(false)
    api.live.end({ params }).then((ended) => patchLive(live.live_id, ended), reportError)
  }
  return (
    <div className={styles.hostBar}>
      <Button label={t('live.end')} tone="danger" wide onPress={() => setAsking(true)} />
      <Switch
        label={t('live.commentsOpen')}
        checked={live.comments_open}
        onChange={(comments_open) => change({ comments_open })}
      />
      <Select
        label={t('live.slowMode')}
        value={String(live.slow_seconds)}
        options={SLOW.map((count) => ({
          value: String(count),
          label: count === 0 ? t('live.slowOff') : t('live.seconds', { count }),
        }))}
        onChange={(value) => change({ slow_seconds: Number(value) })}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('live.endAsk')}
        text={t('live.endText')}
        action={t('live.end')}
        onConfirm={handleEnd}
      />
    </div>
  )
}
