import { isPassing } from '../data/query-client.ts'
import { errorText } from '../data/report-error.ts'
import { t } from '../kit/messages.ts'
import { Button } from '../ui/Button.tsx'
import { CrookedFrame } from '../ui/drawings/CrookedFrame.tsx'
import { Safelight } from '../ui/drawings/Safelight.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

interface LoadErrorProps {
  error: unknown
  onRetry: () => unknown
}

/** Where a list should be: what happened, and another try. */
export function LoadError({ error, onRetry }: LoadErrorProps) {
  const passing = isPassing(error)
  const offline = passing && !navigator.onLine
  const title = offline ? t('offline.title') : passing ? t('unavailable.title') : t('crash.title')
  const text = offline ? t('offline.text') : errorText(error)
  return (
    <EmptyState
      drawing={passing ? <Safelight /> : <CrookedFrame />}
      title={title}
      text={text}
      action={<Button label={t('action.retry')} onPress={() => void onRetry()} />}
    />
  )
}
