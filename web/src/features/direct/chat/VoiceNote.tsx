import type { Attachment } from '@tintype/contract'
import { t } from '../../../things/direct/messages.ts'
import styles from './MessageBody.module.css'

/** The web app does not record them yet; it plays what other apps send. */
export function VoiceNote({ voice }: { voice: Extract<Attachment, { type: 'voice' }> }) {
  if (!voice.url) return <p className={styles.note}>{t('message.voice')}</p>
  return (
    <div className={styles.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said */}
      <audio controls preload="none" src={voice.url} aria-label={t('message.voice')} />
    </div>
  )
}
