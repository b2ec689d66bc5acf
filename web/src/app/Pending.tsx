import { t } from '../kit/messages.ts'
import { Mark } from '../ui/Mark.tsx'

/** Before anything is known of the screen to come: the mark that index.html shows, without a gap. */
export function Pending() {
  return (
    <div className="waiting-mark" role="status" aria-label={t('state.loading')}>
      <Mark size={64} />
    </div>
  )
}
