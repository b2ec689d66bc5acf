import type { SuggestedPlace } from '@tintype/contract'
import { MapPin } from 'lucide-react'
import { t } from './messages.ts'
import styles from './PlaceField.module.css'

interface PlaceListProps {
  id: string
  places: readonly SuggestedPlace[]
  active: number
  onTake: (index: number) => void
}

/** Focus stays in the field; the list is only pointed at. */
export function PlaceList({ id, places, active, onTake }: PlaceListProps) {
  return (
    <div id={id} role="listbox" aria-label={t('place.suggestions')} className={styles.list}>
      {places.map((one, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant of the field
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled where the focus is, in the field
        <div
          key={`${one.place.name} ${one.place.lat} ${one.place.lon}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <MapPin aria-hidden size={18} className={styles.sign} />
          <span className={styles.name}>{one.place.name}</span>{' '}
          <span className={styles.note}>{noteOf(one)}</span>
        </div>
      ))}
    </div>
  )
}

const noteOf = ({ posts_count, country }: SuggestedPlace): string =>
  country ? countryName(country) : t('place.posts', { count: posts_count })

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
