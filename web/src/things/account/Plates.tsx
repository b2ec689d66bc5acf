import { useQuery } from '@tanstack/react-query'
import { stillUrl } from '@tintype/contract'
import { useMemo } from 'react'
import { classes } from '../../ui/classes.ts'
import { sourcesOf } from '../../ui/media-sources.ts'
import styles from './Plates.module.css'
import { PLATES, platesQuery } from './plates-query.ts'

/** As the style sheet has it. */
const SIZES = '(max-width: 900px) 120px, 200px'

/**
 * Plates on a dark wall under the safelight: what everybody may see of this place, dim as in a darkroom. Where there is
 * nothing yet they stay empty.
 */
export function Plates() {
  const { data } = useQuery(platesQuery)
  const pictures = useMemo(
    () =>
      data?.items.flatMap(({ media: [first] }) =>
        first ? { src: stillUrl(first), srcSet: sourcesOf(first).webp || undefined } : [],
      ) ?? [],
    [data],
  )
  return (
    <div className={styles.wall} aria-hidden="true">
      {Array.from({ length: PLATES }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places do not change
        <div key={index} className={classes(styles.plate, styles[`p${index}`])}>
          {/* Lazy, as a phone shows four of them. */}
          {pictures[index] && (
            <img {...pictures[index]} sizes={SIZES} alt="" loading="lazy" decoding="async" />
          )}
        </div>
      ))}
      <div className={styles.glow} />
    </div>
  )
}
