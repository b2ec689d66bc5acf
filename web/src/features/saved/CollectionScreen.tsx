import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type CollectionId, TintypeError } from '@tintype/contract'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { t as shared } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import {
  collectionFeed,
  collectionQuery,
  type OpenCollection,
} from '../../things/collections/collection-lists.ts'
import { t } from '../../things/collections/messages.ts'
import { GridSkeleton } from '../../things/grid/GridSkeleton.tsx'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { Button } from '../../ui/Button.tsx'
import { Bookmark } from '../../ui/drawings/Bookmark.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CollectionMenu } from './CollectionMenu.tsx'
import styles from './CollectionScreen.module.css'
import { PeopleOfCollection } from './PeopleOfCollection.tsx'

/** What is in one collection. */
export default function CollectionScreen() {
  const { collectionId } = useParams({ from: '/frame/member/saved/$collectionId' })
  const { data, error, isPending, refetch } = useQuery(collectionQuery(collectionId as CollectionId))
  const isGone = error instanceof TintypeError && error.code === 'not_found'
  const [open, setOpen] = useState<'menu' | 'people' | null>(null)
  const close = () => setOpen(null)
  const shown = isGone ? undefined : data
  const menu = shown && (
    <IconButton icon={Ellipsis} label={t('collection.menu')} onPress={() => setOpen('menu')} />
  )
  return (
    <div className={wide.screen}>
      <ScreenHead title={shown?.name ?? shared('saved.title')} end={menu} back />
      {isPending && <GridSkeleton />}
      {isGone && (
        <EmptyState drawing={<CrookedFrame />} title={t('collection.gone')} text={t('collection.goneText')} />
      )}
      {error && !isGone && !data && <LoadError error={error} onRetry={refetch} />}
      {shown && (
        <>
          {shown.is_shared && <People collection={shown} onOpen={() => setOpen('people')} />}
          <PostGridQuery
            label={shown.name}
            list={collectionFeed(shown.collection_id)}
            empty={
              <EmptyState
                drawing={<Bookmark />}
                title={t('collection.empty')}
                text={t('collection.emptyText')}
              />
            }
          />
          <CollectionMenu
            collection={shown}
            open={open === 'menu'}
            onClose={close}
            onPeople={() => setOpen('people')}
          />
          <PeopleOfCollection collection={shown} open={open === 'people'} onClose={close} />
        </>
      )}
    </div>
  )
}

/** Whose it is, and how many are in it. */
function People({ collection, onOpen }: { collection: OpenCollection; onOpen: () => void }) {
  const { owner, is_owner, member_ids } = collection
  return (
    <p className={styles.people}>
      {!is_owner && <span>{t('collection.sharedBy', { owner: owner.username })}</span>}
      <Button
        label={is_owner ? t('collection.with', { count: member_ids.length }) : t('collection.people')}
        size="small"
        tone="quiet"
        onPress={onOpen}
      />
    </p>
  )
}
