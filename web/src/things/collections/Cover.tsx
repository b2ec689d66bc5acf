import type { Media } from '@tintype/contract'
import { MediaBox } from '../../ui/MediaBox.tsx'
import type { Place } from '../../ui/media-sources.ts'
import styles from './Cover.module.css'

interface CoverProps {
  pictures: readonly Media[]
  /** How large the square is. */
  place: Place
}

/** Up to four pictures in one square, for the eye alone: the name stands beside it. */
export function Cover({ pictures, place }: CoverProps) {
  const [first, ...others] = pictures
  const isOne = others.length === 0
  return (
    <span className={isOne ? styles.one : styles.four} aria-hidden>
      {first &&
        pictures.map((media) => (
          <MediaBox
            key={media.media_id}
            media={media}
            fallbackAlt=""
            place={isOne ? place : half(place)}
            ratio={1}
          />
        ))}
    </span>
  )
}

const half = ({ phone, wide }: Place): Place => ({ phone: `calc(${phone} / 2)`, wide: `calc(${wide} / 2)` })
