import { useQuery } from '@tanstack/react-query'
import type { CircleId } from '@tintype/contract'
import { CircleDot } from 'lucide-react'
import styles from './CircleMark.module.css'
import { circlesQuery } from './circles-query.ts'
import { t } from './messages.ts'

/** That it is for a circle; to its author, given in `own`, for which. */
export default function CircleMark({ own }: { own: readonly CircleId[] | undefined }) {
  return (
    <span className={styles.mark}>
      <CircleDot aria-hidden size={12} />
      {own ? <Names ids={own} /> : t('circles.ofAuthor')}
    </span>
  )
}

function Names({ ids }: { ids: readonly CircleId[] }) {
  const { data } = useQuery(circlesQuery)
  if (!data) return t('circles.ofAuthor')
  const names = data.flatMap(({ circle_id, name }) => (ids.includes(circle_id) ? [name] : []))
  return names.join(', ') || t('circles.onlyYou')
}
