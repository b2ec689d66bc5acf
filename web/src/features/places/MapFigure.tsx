import type { PlaceMap } from '@tintype/contract'
import { t } from './messages.ts'
import styles from './PlaceScreen.module.css'

/** Drawn by this server: no one else learns what is looked at. */
export function MapFigure({
  map: { width, height, land, borders, x, y },
  name,
}: {
  map: PlaceMap
  name: string
}) {
  return (
    <figure className={styles.map}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMidYMid slice"
        role="img"
        aria-label={t('places.map', { name })}
      >
        <path d={land} className={styles.land} />
        <path d={borders} className={styles.border} />
        <circle cx={x} cy={y} r={13} className={styles.halo} />
        <circle cx={x} cy={y} r={5.5} className={styles.pin} />
      </svg>
      <figcaption className={styles.source}>{t('places.data')}</figcaption>
    </figure>
  )
}
