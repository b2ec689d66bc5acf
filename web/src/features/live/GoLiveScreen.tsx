import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { LiveAudience, LiveId } from '@tintype/contract'
import { liveLimits } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { useFirstPaint } from '../../ui/first-paint.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Live.module.css'
import { t } from './messages.ts'
import { OnAir } from './OnAir.tsx'
import { Preview } from './Preview.tsx'
import { keyQuery } from './stream-key.ts'
import { recordedType } from './use-broadcast.ts'
import { type PictureFrom, usePicture } from './use-picture.ts'

/** A member before their camera: first how it is to be, then on air. */
export default function GoLiveScreen() {
  const me = useMember()
  const [from, setFrom] = useState<PictureFrom>('camera')
  // The server, which draws this first, cannot know.
  const isFirstPaint = useFirstPaint()
  const canRecord = isFirstPaint || recordedType() !== undefined
  const isProgram = from === 'program'
  const { stream, failed } = usePicture(from, canRecord && !isFirstPaint)
  const [id, setId] = useState<LiveId>()
  const known = useQuery({
    queryKey: ['live-of', me.username],
    queryFn: () => api.live.ofMember({ params: { username: me.username } }),
    staleTime: 0,
  })
  if (id) return <OnAir id={id} stream={stream} from={from} failed={failed} />
  const open = known.data?.live
  return (
    <div className={styles.setUp}>
      <ScreenHead title={t('live.title')} back />
      {open && (
        <p className={styles.open}>
          {t('live.open')}{' '}
          <ButtonLink
            to="/live/$liveId"
            params={{ liveId: open.live_id }}
            label={t('live.toOpen')}
            size="small"
          />
        </p>
      )}
      {!isProgram && <Preview stream={stream} />}
      {!canRecord && !isProgram && <FormError text={t('live.noRecorder')} />}
      {failed && <FormError text={t('live.noCamera')} />}
      <SetUp
        from={from}
        onFrom={setFrom}
        ready={stream !== undefined}
        isPrivate={me.is_private}
        onOpened={setId}
      />
    </div>
  )
}

interface SetUpProps {
  from: PictureFrom
  onFrom: (from: PictureFrom) => void
  ready: boolean
  isPrivate: boolean
  onOpened: (id: LiveId) => void
}

function SetUp({ from, onFrom, ready, isPrivate, onOpened }: SetUpProps) {
  const [title, setTitle] = useState('')
  const [audience, setAudience] = useState<LiveAudience>('public')
  const navigate = useNavigate()
  const isProgram = from === 'program'
  const key = useQuery({ ...keyQuery, enabled: isProgram })
  const takesNone = isProgram && key.data?.rtmp_url === null
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const source = isProgram ? 'encoder' : 'browser'
      const { live_id } = await api.live.create({ body: { title: title.trim(), audience, source } })
      if (isProgram) await navigate({ to: '/live/$liveId', params: { liveId: live_id } })
      else onOpened(live_id)
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <form className={styles.fields} onSubmit={handleSubmit}>
      {error !== undefined && <FormError text={errorText(error)} />}
      <TextField label={t('live.name')} value={title} onChange={setTitle} maxLength={liveLimits.title} />
      <p className={styles.label}>{t('live.source')}</p>
      <Segmented
        label={t('live.source')}
        value={from}
        options={[
          { value: 'camera', label: t('live.camera') },
          { value: 'screen', label: t('live.screen') },
          { value: 'program', label: t('live.program') },
        ]}
        onChange={onFrom}
      />
      {isProgram && <p className={styles.note}>{t(takesNone ? 'live.noPrograms' : 'live.programNote')}</p>}
      {isPrivate ? (
        <p className={styles.note}>{t('live.private')}</p>
      ) : (
        <>
          <p className={styles.label}>{t('live.audience')}</p>
          <Segmented
            label={t('live.audience')}
            value={audience}
            options={[
              { value: 'public', label: t('live.public') },
              { value: 'followers', label: t('live.followers') },
            ]}
            onChange={setAudience}
          />
        </>
      )}
      <Button
        label={t(isProgram ? 'live.next' : 'live.start')}
        type="submit"
        tone="primary"
        size="large"
        wide
        busy={busy}
        disabled={isProgram ? !key.data?.rtmp_url : !ready}
      />
    </form>
  )
}
