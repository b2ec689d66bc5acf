import { useCell } from '../../../kit/cell.ts'
import { Button } from '../../../ui/Button.tsx'
import { dateFormat } from '../../../ui/relative-time.ts'
import { useComposer } from '../composer-context.ts'
import { t } from '../messages.ts'
import styles from './PickStep.module.css'

const WHEN = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const

/** A draft of an earlier visit, if there is one. */
export function EarlierDraft() {
  const { session } = useComposer()
  const earlier = useCell(session.earlier)
  if (!earlier) return null
  return (
    <aside className={styles.earlier} aria-label={t('pick.continue')}>
      <div>
        <p className={styles.earlierTitle}>{t('pick.continue')}</p>
        <p className={styles.earlierText}>
          {t('pick.continueText', {
            count: earlier.shots.length,
            when: dateFormat(WHEN).format(earlier.savedAt),
          })}
        </p>
      </div>
      <div className={styles.earlierWays}>
        <Button label={t('pick.forget')} tone="quiet" size="small" onPress={() => session.forgetEarlier()} />
        <Button
          label={t('pick.continueAction')}
          size="small"
          onPress={() => void session.continueEarlier()}
        />
      </div>
    </aside>
  )
}
