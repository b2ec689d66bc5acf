import type { OutgoingPhoto } from '../../../data/direct/outbox.ts'
import { t } from '../../../things/direct/messages.ts'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import styles from './MessageBody.module.css'

/** As it lies in this browser. */
export function WaitingPhoto({ photo: { file, size, alt_text } }: { photo: OutgoingPhoto }) {
  const url = useObjectUrl(file)
  const { width, height } = size ?? { width: 1, height: 1 }
  const ratio = Math.min(1.91, Math.max(0.66, width / height))
  return (
    <span className={styles.waiting} style={{ aspectRatio: ratio }}>
      {url && size && (
        <Still url={url} isFilm={file.type.startsWith('video/')} alt={alt_text || t('message.photo')} />
      )}
      {!size && <span>{t('write.cannotSee')}</span>}
    </span>
  )
}

const Still = ({ url, isFilm, alt }: { url: string; isFilm: boolean; alt: string }) =>
  isFilm ? <video src={url} muted aria-label={alt} /> : <img src={url} alt={alt} />
