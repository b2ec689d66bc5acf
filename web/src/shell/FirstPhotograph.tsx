import { t } from '../kit/messages.ts'
import { Button } from '../ui/Button.tsx'
import { ViewCamera } from '../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { openComposer } from './composer-slot.ts'

/** Where the member's own first picture would hang. */
export function FirstPhotograph({ text }: { text: string }) {
  return (
    <EmptyState
      drawing={<ViewCamera />}
      title={t('profile.emptySelf')}
      text={text}
      action={<Button label={t('profile.emptySelfAction')} tone="primary" onPress={() => openComposer()} />}
    />
  )
}
