import type { UserId } from '@tintype/contract'
import type { ReactNode } from 'react'
import type { usePaged } from '../../data/paged-list.ts'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './PeopleRows.module.css'

/** The shape of members to come. */
export function PeopleSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still shapes
        <div key={index} className={styles.row}>
          <Skeleton shape="circle" width="44px" height="44px" />
          <div className={styles.lines}>
            <Skeleton width="120px" />
            <Skeleton width="84px" />
          </div>
        </div>
      ))}
    </div>
  )
}

interface PeopleRowsProps {
  /** Names the list for screen readers. */
  label: string
  people: ReturnType<typeof usePaged<'users'>>
  render: (id: UserId) => ReactNode
  scroller?: HTMLElement | null
  placeholder?: ReactNode
  /** Names the list for coming back (see InfiniteList). */
  memory?: string
}

/** Members one below the other; more of them come as one scrolls. */
export function PeopleRows({ people: { ids, more }, ...rest }: PeopleRowsProps) {
  return <InfiniteList {...rest} {...more} items={ids} keyOf={keyOf} estimate={estimate} />
}

const keyOf = (id: UserId): string => id
const estimate = (): number => 60
