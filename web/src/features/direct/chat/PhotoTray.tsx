import { limits } from '@tintype/contract'
import { Captions, CaptionsOff, X } from 'lucide-react'
import { useState } from 'react'
import type { OutgoingPhoto } from '../../../data/direct/outbox.ts'
import { t } from '../../../things/direct/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import styles from './MessageForm.module.css'
import type { PhotosToSend } from './use-photos-to-send.ts'

const lives = [
  { value: 'stay', label: t('write.stay') },
  { value: 'day', label: t('write.day') },
  { value: 'view_once', label: t('write.once') },
] as const

/** What goes along with the words, and how long it stays. */
export function PhotoTray({ sending }: { sending: PhotosToSend }) {
  const { all: photos, life } = sending
  const [describing, setDescribing] = useState<number | null>(null)
  const described = describing === null ? undefined : photos[describing]
  return (
    <div className={styles.tray}>
      <ul className={styles.photos} aria-label={t('write.photos')}>
        {photos.map((photo, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same picture
          <li key={index} className={styles.photo}>
            <Thumb photo={photo} />
            <span className={styles.describe}>
              <IconButton
                icon={photo.alt_text ? Captions : CaptionsOff}
                size="small"
                tone="veil"
                label={t(photo.alt_text ? 'write.described' : 'write.describe', { name: photo.name })}
                onPress={() => setDescribing(index)}
              />
            </span>
            <span className={styles.remove}>
              <IconButton
                icon={X}
                size="small"
                tone="veil"
                label={t('write.removePhoto', { name: photo.name })}
                onPress={() => sending.remove(photo)}
              />
            </span>
          </li>
        ))}
      </ul>
      <Segmented
        label={t('write.keep')}
        value={life ?? 'stay'}
        options={lives}
        onChange={(value) => sending.setLife(value === 'stay' ? null : value)}
      />
      <Dialog
        open={described !== undefined}
        onClose={() => setDescribing(null)}
        title={t('write.describeTitle')}
        size="small"
        action={<Button label={t('write.describeDone')} tone="text" onPress={() => setDescribing(null)} />}
      >
        {described && (
          <TextArea
            label={t('write.describe', { name: described.name })}
            hint={t('write.describeHint')}
            maxLength={limits.altText}
            value={described.alt_text ?? ''}
            onChange={(text) => sending.describe(described, text)}
          />
        )}
      </Dialog>
    </div>
  )
}

function Thumb({ photo: { file, name, size, alt_text } }: { photo: OutgoingPhoto }) {
  const url = useObjectUrl(file)
  if (!size || !url) return <span className={styles.unseen}>{name}</span>
  return file.type.startsWith('video/') ? (
    <video src={url} muted aria-label={alt_text || name} />
  ) : (
    <img src={url} alt={alt_text || name} />
  )
}
