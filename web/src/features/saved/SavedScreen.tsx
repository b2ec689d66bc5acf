import { useInfiniteQuery } from '@tanstack/react-query'
import { savedFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { collectionsList } from '../../things/collections/collection-lists.ts'
import { t as words } from '../../things/collections/messages.ts'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { Bookmark } from '../../ui/drawings/Bookmark.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Collections } from './Collections.tsx'
import styles from './SavedScreen.module.css'

/** The member's collections, then all that they saved. */
export default function SavedScreen() {
  const collections = useInfiniteQuery(collectionsList)
  return (
    <div className={wide.screen}>
      <ScreenHead title={t('saved.title')} back />
      <p className={styles.note}>{words('saved.private')}</p>
      <Collections list={collections} />
      {/* How high the tiles above it are is known first, so that nothing is pushed down. */}
      {!collections.isPending && (
        <section aria-label={words('collections.all')}>
          <h2 className={styles.heading}>{words('collections.all')}</h2>
          <PostGridQuery
            label={t('saved.title')}
            list={savedFeed}
            empty={<EmptyState drawing={<Bookmark />} title={t('saved.empty')} text={t('saved.emptyText')} />}
          />
        </section>
      )}
    </div>
  )
}
