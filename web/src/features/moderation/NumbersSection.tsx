import { useQuery } from '@tanstack/react-query'
import { actKinds, moderationRules } from '@tintype/contract'
import { LoadError } from '../../shell/LoadError.tsx'
import { t as words } from '../../things/reporting/messages.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { numbersQuery } from './queries.ts'

const labels = new Map<string, string>([
  ...moderationRules.map((rule) => [rule, words(`rule.${rule}`)] as const),
  ...actKinds.map((act) => [act, words(`act.${act}`)] as const),
  ...(['open', 'granted', 'refused'] as const).map((state) => [state, words(`appeal.${state}`)] as const),
])

/** How much there was: the same for everybody. */
export function NumbersSection() {
  const query = useQuery(numbersQuery)
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <div className={styles.stack}>
      <p className={styles.note}>{t('numbers.note')}</p>
      {(['reports', 'acts', 'appeals'] as const).map((group) => (
        <section key={group}>
          <h2 className={styles.subtitle}>{t(`numbers.${group}`)}</h2>
          {query.data[group].length === 0 && <p className={styles.note}>{t('numbers.none')}</p>}
          <ul className={styles.numbers}>
            {query.data[group].map(({ name, count }) => (
              <li key={name} className={styles.number}>
                <span>{labels.get(name) ?? name}</span>
                <span>{count}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
