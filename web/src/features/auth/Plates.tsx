import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/client.ts'
import { classes } from '../../ui/classes.ts'
import styles from './Plates.module.css'

/** How many hang on the wall; each has its place in the style sheet. */
const PLATES = 8

/**
 * Plates on a dark wall under the safelight: what everybody may see of this place, dim as in a darkroom. Where there is
 * nothing yet they stay empty.
 */
export function Plates() {
  const { data } = useQuery({
    queryKey: ['plates'],
    queryFn: () => api.feed.explore({ query: { limit: PLATES } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const pictures = useMemo(
    () =>
      data?.items.flatMap(({ media: [first] }) => {
        const small = first?.variants.filter((one) => one.width >= 300).sort((a, b) => a.width - b.width)[0]
        return small?.url ?? first?.url ?? []
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
