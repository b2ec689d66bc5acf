import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import { useEntity } from '../../data/entities/entities.ts'
import { newPosts, useNewPosts } from '../../data/new-posts.ts'
import { usePaged } from '../../data/paged-list.ts'
import { homeFeed, reloadFromTop, type Sort } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { FeedSkeleton } from '../../things/post/FeedSkeleton.tsx'
import { PostFeed } from '../../things/post/PostFeed.tsx'
import type { ListControls } from '../../ui/InfiniteList.tsx'
import { CaughtUp, HomeEmpty, NoFavourites } from './HomeEnds.tsx'
import styles from './HomeFeed.module.css'
import { t as words } from './messages.ts'
import { useFeedKeys } from './use-feed-keys.ts'

/** Head, actions, likes and caption, around the picture. */
const AROUND_PX = 250

export function HomeFeed({ sort }: { sort: Sort }) {
  const { query, ids, more } = usePaged('posts', homeFeed(sort))
  const controls = useRef<ListControls>(null)
  const waiting = useNewPosts()
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
        <PostFeed
          label={t('home.feed')}
          memory={`home-${sort}`}
          ids={ids}
          aroundPx={AROUND_PX}
          controls={controls}
          {...more}
          above={whyHere}
        />
      )}
      {ids.length > 0 && !query.hasNextPage && <CaughtUp />}
    </>
  )
}

const whyHere = (id: PostId) => <WhyHere id={id} />

/** That a post is here for a hashtag that one follows, or because somebody passed it on. */
function WhyHere({ id }: { id: PostId }) {
  const post = useEntity('posts', id)
  const tag = post?.hashtag
  const [sharer, another] = post?.reposted_by ?? []
  if (sharer && !tag && !post?.viewer.following)
    return (
      <Link to="/$username" params={sharer} className={styles.tag}>
        {words(another ? 'home.repostedBy2' : 'home.repostedBy', {
          name: sharer.username,
          other: another?.username ?? '',
        })}
      </Link>
    )
  if (!tag) return null
  return (
    <Link to="/tags/$tag" params={{ tag }} className={styles.tag}>
      {words('home.hashtag', { tag })}
    </Link>
  )
}
