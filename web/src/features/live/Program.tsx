import { useQuery } from '@tanstack/react-query'
import type { Live, StreamKey } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { copyText } from '../../things/post/share.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { dateFormat } from '../../ui/relative-time.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Live.module.css'
import { t } from './messages.ts'
import { keyQuery } from './stream-key.ts'
import { patchLive } from './use-live.ts'

/** A host who sends from streaming software: where to, with which key, and from when on everybody sees it. */
export function Program({ live }: { live: Live }) {
  const { live_id, playlist } = live
  const key = useQuery(keyQuery)
  const [busy, setBusy] = useState(false)
  const params = { live_id }
  const handleStart = async () => {
    setBusy(true)
    try {
      patchLive(live_id, await api.live.start({ params }))
    } catch (error) {
      setBusy(false)
      reportError(error)
    }
  }
  const handleCancel = () => {
    api.live.end({ params }).then((ended) => patchLive(live_id, ended), reportError)
  }
  return (
    <section className={styles.program} aria-labelledby="program">
      <h2 id="program" className={styles.label}>
        {t('live.connect')}
      </h2>
      {key.data && <Address known={key.data} />}
      <p className={styles.note}>{t('live.advice')}</p>
      <Button
        label={t(busy ? 'live.starting' : 'live.start')}
        tone="primary"
        size="large"
        wide
        busy={busy}
        disabled={playlist === null}
        onPress={handleStart}
      />
      <Button label={t('live.cancel')} wide onPress={handleCancel} />
    </section>
  )
}

function Address({ known }: { known: StreamKey }) {
  const [asking, setAsking] = useState(false)
  const { key, created_at, rtmp_url } = known
  const handleRenew = () => {
    setAsking(false)
    api.live.renewKey().then((made) => queryClient.setQueryData(keyQuery.queryKey, made), reportError)
  }
  return (
    <>
      <Shown label={t('live.address')} value={rtmp_url ?? ''} copy={t('live.copyAddress')} />
      {key ? (
        <Shown label={t('live.key')} value={key} copy={t('live.copyKey')} hint={t('live.keyNote')} />
      ) : (
        <>
          <p className={styles.note}>
            {created_at
              ? t('live.keyMade', { date: dateFormat({ dateStyle: 'long' }).format(new Date(created_at)) })
              : t('live.keyNone')}
          </p>
          <Button
            label={t(created_at ? 'live.renewKey' : 'live.makeKey')}
            wide
            onPress={created_at ? () => setAsking(true) : handleRenew}
          />
        </>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('live.renewKey')}
        text={t('live.renewText')}
        action={t('live.renewKey')}
        onConfirm={handleRenew}
      />
    </>
  )
}

interface ShownProps {
  label: string
  value: string
  copy: string
  hint?: string
}

function Shown({ label, value, copy, hint }: ShownProps) {
  return (
    <div className={styles.shown}>
      <TextField
        label={label}
        value={value}
        onChange={() => undefined}
        readOnly
        spellCheck={false}
        hint={hint}
      />
      <Button label={copy} size="small" onPress={() => void copyText(value)} />
    </div>
  )
}
