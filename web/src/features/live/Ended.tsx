import { useNavigate } from '@tanstack/react-router'
import type { Live } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Live.module.css'
import { t } from './messages.ts'
import { patchLive } from './use-live.ts'

/** It is over: for its host the question what is to become of it. */
export function Ended({ live }: { live: Live }) {
  const name = live.user.username
  const { replay_post_id, host } = live
  return (
    <div className={styles.ended}>
      <EmptyState
        main
        drawing={<FilmEnd />}
        title={t('live.ended')}
        text={t('live.endedText', { name })}
        action={
          replay_post_id ? (
            <ButtonLink
              to="/p/$postId"
              params={{ postId: replay_post_id }}
              label={t('live.replay')}
              tone="primary"
            />
          ) : (
            <ButtonLink to="/$username" params={{ username: name }} label={t('live.profile', { name })} />
          )
        }
      />
      {host && <Kept live={live} canKeep={host.has_recording && !replay_post_id} />}
    </div>
  )
}

function Kept({ live, canKeep }: { live: Live; canKeep: boolean }) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const params = { live_id: live.live_id }
  const handleKeep = async () => {
    setBusy(true)
    try {
      const { post_id } = await api.live.keep({ params, body: {} })
      patchLive(live.live_id, { replay_post_id: post_id })
      toast(t('live.kept'))
    } catch (error) {
      reportError(error)
    }
    setBusy(false)
  }
  const handleDelete = () => {
    setAsking(false)
    api.live.delete({ params }).then(() => void navigate({ to: '/' }), reportError)
  }
  return (
    <section className={styles.keep} aria-labelledby={canKeep ? 'keep' : undefined}>
      {canKeep && (
        <>
          <h2 id="keep" className={styles.label}>
            {t('live.keepTitle')}
          </h2>
          <p className={styles.note}>{t('live.keepText')}</p>
          {live.audience === 'followers' && !live.user.is_private && (
            <p className={styles.note}>{t('live.keepOpen')}</p>
          )}
          <Button label={t('live.keep')} tone="primary" busy={busy} onPress={handleKeep} />
        </>
      )}
      <Button label={t('live.delete')} tone="danger" onPress={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('live.delete')}
        text={t('live.deleteText')}
        action={t('live.delete')}
        onConfirm={handleDelete}
      />
    </section>
  )
}
