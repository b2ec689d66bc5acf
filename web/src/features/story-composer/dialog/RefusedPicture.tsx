import { X } from 'lucide-react'
import { useCell } from '../../../kit/cell.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from '../messages.ts'
import { useStory } from '../story-context.ts'
import styles from './RefusedPicture.module.css'

/** Why a file did not come in. */
export function RefusedPicture() {
  const session = useStory()
  const refused = useCell(session.refused)
  return (
    <div role="alert" className={styles.place}>
      {refused && (
        <div className={styles.note}>
          <p>{refused}</p>
          <IconButton
            icon={X}
            size="small"
            label={t('refused.dismiss')}
            onPress={() => session.refused.set(null)}
          />
        </div>
      )}
    </div>
  )
}
