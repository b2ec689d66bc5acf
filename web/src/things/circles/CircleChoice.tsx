import { useQuery } from '@tanstack/react-query'
import type { CircleId } from '@tintype/contract'
import { Check, CircleDot, Globe } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import styles from './CircleChoice.module.css'
import { circlesQuery } from './circles-query.ts'
import { t } from './messages.ts'

interface CircleChoiceProps {
  /** What it is for as long as no circle is chosen. */
  all: string
  chosen: readonly CircleId[]
  onChange: (chosen: CircleId[]) => void
}

/** Who sees it: all, or those in some circles. Nothing where the member has none. */
export function CircleChoice({ all, chosen, onChange }: CircleChoiceProps) {
  const { data: circles = [] } = useQuery(circlesQuery)
  if (circles.length === 0 && chosen.length === 0) return null
  const toggle = (id: CircleId) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('circles.who')}</legend>
      <div className={styles.choices}>
        <Button
          icon={chosen.length === 0 ? Check : Globe}
          size="small"
          label={all}
          pressed={chosen.length === 0}
          onPress={() => onChange([])}
        />
        {circles.map(({ circle_id, name }) => (
          <Button
            key={circle_id}
            icon={chosen.includes(circle_id) ? Check : CircleDot}
            size="small"
            label={name}
            pressed={chosen.includes(circle_id)}
            onPress={() => toggle(circle_id)}
          />
        ))}
      </div>
      {chosen.length > 0 && <p className={styles.hint}>{t('circles.hint')}</p>}
    </fieldset>
  )
}
