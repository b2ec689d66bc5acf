import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { TintypeError } from '@tintype/contract'
import { useEffect } from 'react'
import { isPassing } from '../data/query-client.ts'
import { t } from '../kit/messages.ts'
import { useScreenElement } from '../shell/framed.ts'
import styles from '../shell/Screen.module.css'
import { Button } from '../ui/Button.tsx'
import { CrookedFrame } from '../ui/drawings/CrookedFrame.tsx'
import { Safelight } from '../ui/drawings/Safelight.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { endFirstPaint } from '../ui/first-paint.ts'

const RETRY_MS = 5000

/** A screen that could not be shown: says which of the three it is, and tries again where that may help. */
export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const Screen = useScreenElement()
  const router = useRouter()
  const passing = error instanceof TintypeError && isPassing(error)
  const handleRetry = () => {
    reset()
    void router.invalidate()
  }
  useEffect(endFirstPaint, [])
  useEffect(() => {
    if (!passing) return
    const again = () => {
      reset()
      void router.invalidate()
    }
    window.addEventListener('online', again)
    const timer = setInterval(again, RETRY_MS)
    return () => {
      window.removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [passing, reset, router])
  const requestId = error instanceof TintypeError ? error.requestId : undefined
  const offline = passing && !navigator.onLine
  const [title, text] = offline
    ? [t('offline.title'), t('offline.text')]
    : passing
      ? [t('unavailable.title'), t('unavailable.text')]
      : [t('crash.title'), requestId ? t('crash.report', { id: requestId }) : t('crash.text')]
  return (
    <Screen className={styles.center}>
      <EmptyState
        main
        drawing={passing ? <Safelight /> : <CrookedFrame />}
        title={title}
        text={text}
        action={<Button label={t('action.retry')} tone="primary" onPress={handleRetry} />}
      />
    </Screen>
  )
}
