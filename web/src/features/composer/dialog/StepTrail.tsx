import { useDraft } from '../composer-context.ts'
import { steps } from '../draft/draft.ts'
import { t } from '../messages.ts'
import styles from './StepTrail.module.css'

const trail = steps.filter((step) => step !== 'pick')

/** Crop, edit, share: where one is. */
export function StepTrail() {
  const { step: current } = useDraft()
  return (
    <ol className={styles.trail} aria-label={t('steps')}>
      {trail.map((step) => (
        <li key={step} className={styles.step} aria-current={step === current ? 'step' : undefined}>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
