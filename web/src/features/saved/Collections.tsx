import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Collection, Page } from '@tintype/contract'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { LoadError } from '../../shell/LoadError.tsx'
import { Cover } from '../../things/collections/Cover.tsx'
import { t } from '../../things/collections/messages.ts'
import { NewCollection } from '../../things/collections/NewCollection.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './Collections.module.css'

interface CollectionsProps {
  list: UseInfiniteQueryResult<InfiniteData<Page<Collection>>>
}

/** Collections as tiles, and a way to make one. */
export function Collections({ list }: CollectionsProps) {
  const [making, setMaking] = useState(false)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const collections = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('collections.title')} className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('collections.title')}</h2>
        <Button label={t('collections.new')} icon={Plus} size="small" onPress={() => setMaking(true)} />
      </div>
      {isPending && <TileSkeletons />}
      {error && !data && <LoadError error={error} onRetry={refetch} />}
      {data && collections.length === 0 && <p className={styles.note}>{t('collections.note')}</p>}
      {collections.length > 0 && (
        <ul className={styles.tiles}>
          {collections.map((one) => (
            <Tile key={one.collection_id} collection={one} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          label={t('collections.more')}
          busy={isFetchingNextPage}
          onPress={() => void fetchNextPage()}
        />
      )}
      <NewCollection open={making} onClose={() => setMaking(false)} />
    </section>
  )
}

const TileSkeletons = () => (
  <div className={styles.tiles} aria-busy="true">
    <Skeleton shape="box" ratio={1} />
    <Skeleton shape="box" ratio={1} />
  </div>
)

const PLACE = { phone: '46vw', wide: '222px' }

function Tile({ collection: { collection_id, name, cover, is_shared } }: { collection: Collection }) {
  return (
    <li className={styles.item}>
      <Link to="/saved/$collectionId" params={{ collectionId: collection_id }} className={styles.tile}>
        <span className={styles.cover}>
          <Cover pictures={cover} place={PLACE} />
        </span>
        <span className={styles.name}>
          <span className={styles.words}>{name}</span>
          {is_shared && (
            <>
              <Users aria-hidden size={16} className={styles.icon} />
              <VisuallyHidden>, {t('collections.shared')}</VisuallyHidden>
            </>
          )}
        </span>
      </Link>
    </li>
  )
}
