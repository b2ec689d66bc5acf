import type { SuggestedPlace } from '@tintype/contract'
import { MapPin } from 'lucide-react'
import { OptionList } from '../../ui/OptionList.tsx'
import { t } from './messages.ts'
import styles from './PlaceField.module.css'

interface PlaceListProps {
  id: string
  places: readonly SuggestedPlace[]
  active: number
  onTake: (index: number) => void
}

/** What a place whose name is being written could be. */
export function PlaceList({ id, places, active, onTake }: PlaceListProps) {
  return (
    <OptionList
      id={id}
      label={t('place.suggestions')}
      className={styles.list}
      options={places.map((one) => ({
        key: `${one.place.name} ${one.place.lat} ${one.place.lon}`,
        content: <Face suggested={one} />,
      }))}
      active={active}
      onTake={onTake}
    />
  )
}

function Face({ suggested }: { suggested: SuggestedPlace }) {
  return (
    <>
      <MapPin aria-hidden size={18} className={styles.sign} />
      <span className={styles.name}>{suggested.place.name}</span>{' '}
      <span className={styles.note}>{noteOf(suggested)}</span>
    </>
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
