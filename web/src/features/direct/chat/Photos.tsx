import type { Attachment, MessageId } from '@tintype/contract'
import { Play } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { photosSent } from '../../../data/direct/outbox.ts'
import { t } from '../../../things/direct/messages.ts'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import styles from './MessageBody.module.css'
import { useViewerEntry } from './use-viewer-entry.ts'
import { WaitingPhoto } from './WaitingPhoto.tsx'

const EntryViewer = lazy(() => import('../../../things/post/viewer/EntryViewer.tsx'))

type Photo = Extract<Attachment, { type: 'photo' | 'video' }>

const PLACE = { phone: '68vw', wide: '300px' }
/** Neither a slip nor a tower. */
const shapeOf = (width: number, height: number): number => Math.min(1.91, Math.max(0.66, width / height))

interface PhotosProps {
  messageId: MessageId
  photos: readonly Photo[]
  name: string
  /** The `client_message_id` of one's own: what was sent is shown until it is developed. */
  sentAs: string | null
}

/** Pictures and films: whole on the full screen, as many as there are. */
export function Photos({ messageId, photos, name, sentAs }: PhotosProps) {
  const { at, open } = useViewerEntry(messageId)
  const media = photos.flatMap((photo) => photo.media ?? [])
  const isAlone = photos.length === 1
  const sent = photosSent(sentAs)
  return (
    <div className={styles.photos} data-count={photos.length}>
      {photos.map((photo, index) =>
        photo.media ? (
          <button
            key={photo.media.media_id}
            type="button"
            className={styles.photo}
            onClick={() => open(photos.slice(0, index).filter((one) => one.media).length)}
          >
            <MediaBox
              media={photo.media}
              fallbackAlt={t('message.photoOf', { name })}
              place={PLACE}
              ratio={isAlone ? shapeOf(photo.media.width, photo.media.height) : 'fill'}
            />
            {photo.type === 'video' && <Play aria-hidden className={styles.play} fill="currentColor" />}
          </button>
        ) : photo.state === 'processing' && sent[index] ? (
          <WaitingPhoto key={sent[index].name} photo={sent[index]} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: one that is being developed has no name yet
          <span key={index} className={styles.waiting} style={isAlone ? { aspectRatio: 1.25 } : undefined}>
            {photo.state === 'processing' ? t('message.developing') : t('message.expired')}
          </span>
        ),
      )}
      {at !== null && media[at] && (
        <Suspense fallback={null}>
          <EntryViewer media={media} name={name} initial={at} />
        </Suspense>
      )}
    </div>
  )
}
