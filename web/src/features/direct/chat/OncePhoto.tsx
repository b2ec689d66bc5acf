import { type Media, TintypeError } from '@tintype/contract'
import { Aperture, CircleDashed } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { api } from '../../../data/client.ts'
import { changeMessage } from '../../../data/direct/thread.ts'
import { entities } from '../../../data/entities/entities.ts'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { reportError } from '../../../data/report-error.ts'
import { t } from '../../../things/direct/messages.ts'
import { toast } from '../../../ui/toast.ts'
import styles from './MessageBody.module.css'
import { useViewerEntry } from './use-viewer-entry.ts'

const EntryViewer = lazy(() => import('../../../things/post/viewer/EntryViewer.tsx'))

interface OncePhotoProps {
  message: MessageEntity
  name: string
}

/** To be seen once: what was opened is kept nowhere but on the screen, for as long as it is looked at. */
export function OncePhoto({ message, name }: OncePhotoProps) {
  const [shown, setShown] = useState<Media[] | null>(null)
  const [busy, setBusy] = useState(false)
  const entry = useViewerEntry(message.message_id)
  // Whoever goes forward again finds nothing.
  useEffect(() => {
    if (entry.at === null) setShown(null)
  }, [entry.at])
  const handleOpen = async () => {
    setBusy(true)
    const media = await open(message)
    setBusy(false)
    if (!media || media.length === 0) return
    setShown(media)
    entry.open(0)
  }
  return (
    <>
      {message.is_own || message.opened ? (
        <p className={styles.once} data-over={message.opened || undefined}>
          {message.opened ? <CircleDashed aria-hidden size={20} /> : <Aperture aria-hidden size={20} />}
          {message.opened ? t('message.onceSeen') : t('message.onceOwn')}
        </p>
      ) : (
        <button type="button" className={styles.once} disabled={busy} onClick={() => void handleOpen()}>
          <Aperture aria-hidden size={20} />
          <span>
            {t('message.onceOpen')}
            <span className={styles.hint}> {t('message.onceHint')}</span>
          </span>
        </button>
      )}
      {shown && entry.at !== null && (
        <Suspense fallback={null}>
          <EntryViewer media={shown} name={name} />
        </Suspense>
      )}
    </>
  )
}

async function open(message: MessageEntity): Promise<Media[] | null> {
  const { conversation_id, message_id } = message
  try {
    const opened = await api.messages.open({ params: { conversation_id, message_id } })
    changeMessage({ ...opened, body: null, attachments: opened.attachments.map(withoutMedia) })
    return opened.attachments.flatMap((one) => ('media' in one ? (one.media ?? []) : []))
  } catch (error) {
    if (!(error instanceof TintypeError && error.code === 'message_opened')) reportError(error)
    else {
      entities.patch('messages', message_id, { opened: true })
      toast(t('message.onceGone'))
    }
    return null
  }
}

type Opened = Awaited<ReturnType<typeof api.messages.open>>['attachments'][number]
const withoutMedia = (one: Opened): Opened =>
  'media' in one ? { ...one, state: 'closed', media: null } : one
