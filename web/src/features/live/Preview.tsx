import { useEffect, useRef } from 'react'
import styles from './Live.module.css'
import { t } from './messages.ts'

/** What is sent, as its host sees it. */
export function Preview({ stream }: { stream: MediaStream | undefined }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null
  }, [stream])
  return (
    <div className={styles.preview}>
      <video ref={video} className={styles.video} aria-label={t('live.preview')} muted autoPlay playsInline />
    </div>
  )
}
