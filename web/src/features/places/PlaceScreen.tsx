import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { TintypeError } from '@tintype/contract'
import { useMemo } from 'react'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MapFigure } from './MapFigure.tsx'
import { t } from './messages.ts'
import styles from './PlaceScreen.module.css'
import { placeFeed, placeQuery } from './place-queries.ts'

/** Where it is, and what was posted from there. */
export default function PlaceScreen() {
  const { place: name } = useParams({ from: '/frame/places/$place' })
  const list = useMemo(() => placeFeed(name), [name])
  const { data, error, isPending } = useQuery(placeQuery(name))
  // As most who are there write it.
  const title = data?.place.name ?? name
  const nothing = (
    <EmptyState
      drawing={<ViewCamera />}
      title={t('places.empty')}
      text={t('places.emptyText', { name: title })}
    />
  )
  return (
    <div className={wide.screen}>
      <ScreenHead title={title} back />
      {/* Its room is kept while nobody knows whether there is one: nothing below moves when it comes. */}
      {isPending ? <div className={styles.map} /> : data?.map && <MapFigure map={data.map} name={title} />}
      <p className={styles.count}>{data ? t('places.posts', { count: data.posts_count }) : ' '}</p>
      {error instanceof TintypeError && error.code === 'not_found' ? (
        nothing
      ) : (
        <PostGridQuery key={name} label={title} list={list} empty={nothing} />
      )}
    </div>
  )
}
