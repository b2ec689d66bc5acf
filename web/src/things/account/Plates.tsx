import { useQuery } from '@tanstack/react-query'
import { stillUrl } from '@tintype/contract'
import { useMemo } from 'react'
import { classes } from '../../ui/classes.ts'
import styles from './Plates.module.css'
import { PLATES, platesQuery } from './plates-query.ts'

/**
 * Plates on a dark wall under the safelight: what everybody may see of this place, dim as in a darkroom. Where there is
 * nothing yet they stay empty.
 */
export function Plates() {
  const { data } = useQuery(platesQuery)
  const pictures = useMemo(
    () =>
      data?.items.flatMap(({ media: [first] }) => {
        const small = first?.variants.filter((one) => one.width >= 300).sort((a, b) => a.width - b.width)[0]
        return small?.url ?? (first ? stillUrl(first) : [])
      }) ?? [],
    [data],
  )
  return (
    <div className={styles.wall} aria-hidden="true">
      {Array.from({ length: PLATES }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places do not change
        <div key={index} className={classes(styles.plate, styles[`p${index}`])}>
          {pictures[index] && <img src={pictures[index]} alt="" decoding="async" />}
        </div>
      ))}
      <div className={styles.glow} />
    </div>
  )
}
