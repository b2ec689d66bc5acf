import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import { entities, useEntity } from '../../data/entities/entities.ts'
import { newPosts, useNewPosts } from '../../data/new-posts.ts'
import { usePaged } from '../../data/paged-list.ts'
import { homeFeed, reloadFromTop, type Sort } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { FeedSkeleton } from '../../things/post/FeedSkeleton.tsx'
import { PostCard } from '../../things/post/PostCard.tsx'
import { firstPaintWindow, useFirstPaint } from '../../ui/first-paint.ts'
import { InfiniteList, type ListControls } from '../../ui/InfiniteList.tsx'
import { clampRatio } from '../../ui/media-sources.ts'
import { CaughtUp, HomeEmpty, NoFavourites } from './HomeEnds.tsx'
import styles from './HomeFeed.module.css'
import { t as words } from './messages.ts'
import { useFeedKeys } from './use-feed-keys.ts'

const GAP = 20
/** Head, actions, likes and caption, around the picture. */
const AROUND_PX = 250

const keyOf = (id: PostId) => id
function estimateIn(room: number, id: PostId): number {
  const media = entities.get('posts', id)?.media[0]
  const width = Math.min(room, 630)
  return AROUND_PX + (media ? width / clampRatio(media.width, media.height) : width)
}

export function HomeFeed({ sort }: { sort: Sort }) {
  const { query, ids, more } = usePaged('posts', homeFeed(sort))
  const controls = useRef<ListControls>(null)
  const waiting = useNewPosts()
  const room = useFirstPaint() ? firstPaintWindow().width : window.innerWidth
  useShortcuts(useFeedKeys(ids, controls))
  if (query.isPending) return <FeedSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  const handleNew = () => {
    newPosts.clear()
    window.scrollTo({ top: 0 })
    void reloadFromTop(homeFeed(sort))
  }
  return (
    <>
      <div className={styles.pill} role="status">
        {waiting > 0 && (
          <button type="button" className={styles.new} onClick={handleNew}>
            <ArrowUp aria-hidden size={16} />
            {t('home.newPosts', { count: waiting })}
          </button>
        )}
      </div>
      {ids.length === 0 && !query.hasNextPage ? (
        sort === 'favourites' ? (
          <NoFavourites />
        ) : (
          <HomeEmpty />
        )
      ) : (
        <InfiniteList
          label={t('home.feed')}
          role="feed"
          memory={`home-${sort}`}
          items={ids}
          keyOf={keyOf}
          estimate={(id) => estimateIn(room, id)}
          gap={GAP}
          overscan={2}
          controls={controls}
          {...more}
          placeholder={<FeedSkeleton posts={1} />}
          render={(id, index, height) => (
            <>
              <ForTag id={id} />
              <PostCard postId={id} among={ids} index={index} height={height} eager={index === 0} />
            </>
          )}
        />
      )}
      {ids.length > 0 && !query.hasNextPage && <CaughtUp />}
    </>
  )
}

/** That a post is here for a hashtag that one follows. */
function ForTag({ id }: { id: PostId }) {
  const tag = useEntity('posts', id)?.hashtag
  if (!tag) return null
  return (
    <Link to="/tags/$tag" params={{ tag }} className={styles.tag}>
      {words('home.hashtag', { tag })}
    </Link>
  )
}
