import type { MessageLife } from '@tintype/contract'
import { X } from 'lucide-react'
import type { OutgoingPhoto } from '../../../data/direct/outbox.ts'
import { t } from '../../../things/direct/messages.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import styles from './MessageForm.module.css'

interface PhotoTrayProps {
  photos: readonly OutgoingPhoto[]
  life: MessageLife | null
  onLife: (life: MessageLife | null) => void
  onRemove: (photo: OutgoingPhoto) => void
}

const lives = [
  { value: 'stay', label: t('write.stay') },
  { value: 'day', label: t('write.day') },
  { value: 'view_once', label: t('write.once') },
] as const

/** What goes along with the words, and how long it stays. */
export function PhotoTray({ photos, life, onLife, onRemove }: PhotoTrayProps) {
  return (
    <div className={styles.tray}>
      <ul className={styles.photos} aria-label={t('write.photos')}>
        {photos.map((photo, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same picture
          <li key={index} className={styles.photo}>
            <Thumb photo={photo} />
            <span className={styles.remove}>
              <IconButton
                icon={X}
                size="small"
                tone="veil"
                label={t('write.removePhoto', { name: photo.name })}
                onPress={() => onRemove(photo)}
              />
            </span>
          </li>
        ))}
      </ul>
      <Segmented
        label={t('write.keep')}
        value={life ?? 'stay'}
        options={lives}
        onChange={(value) => onLife(value === 'stay' ? null : value)}
      />
    </div>
  )
}

function Thumb({ photo: { file, name, size } }: { photo: OutgoingPhoto }) {
  const url = useObjectUrl(file)
  if (!size || !url) return <span className={styles.unseen}>{name}</span>
  return file.type.startsWith('video/') ? (
    <video src={url} muted aria-label={name} />
  ) : (
    <img src={url} alt={name} />
  )
}
