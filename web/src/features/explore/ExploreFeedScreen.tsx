import { Navigate, useParams } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useState } from 'react'
import { entities, useEntity } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { exploreFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { reasonText } from '../../things/explore/reason.ts'
import { FeedSkeleton } from '../../things/post/FeedSkeleton.tsx'
import { PostCard } from '../../things/post/PostCard.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { clampRatio } from '../../ui/media-sources.ts'
import styles from './ExploreFeedScreen.module.css'

const GAP = 20
/** Head, actions, likes, caption and why, around the picture. */
const AROUND_PX = 280
const WIDEST_PX = 630

const keyOf = (id: PostId) => id
function estimate(id: PostId): number {
  const media = entities.get('posts', id)?.media[0]
  const width = Math.min(window.innerWidth, WIDEST_PX)
  return AROUND_PX + (media ? width / clampRatio(media.width, media.height) : width)
}

/** Explore one below the other, from the post on that was opened. */
export default function ExploreFeedScreen() {
  const { postId } = useParams({ from: '/frame/explore/$postId' })
  const { query, ids, more } = usePaged('posts', exploreFeed)
  const found = ids.indexOf(postId as PostId)
  const [from, setFrom] = useState(found)
  // One that is taken out from here leaves its place to the next.
  if (found >= 0 && found !== from) setFrom(found)
  if (query.isPending) return <FeedSkeleton />
  // Come by its address, or what was explored has changed since: the post alone.
  if (from < 0) return <Navigate to="/p/$postId" params={{ postId }} replace />
  return (
    <>
      <ScreenHead title={t('explore.title')} back />
      <div className={styles.column}>
        <InfiniteList
          label={t('explore.title')}
          role="feed"
          memory={`explore-${postId}`}
          items={ids.slice(from)}
          keyOf={keyOf}
          estimate={estimate}
          gap={GAP}
          overscan={2}
          {...more}
          placeholder={<FeedSkeleton posts={1} />}
          render={(id, index, height) => (
            <>
              <Why id={id} />
              <PostCard postId={id} among={ids} index={index} height={height} eager={index === 0} />
            </>
          )}
        />
      </div>
    </>
  )
}

function Why({ id }: { id: PostId }) {
  const why = useEntity('posts', id)?.why
  return why ? <p className={styles.why}>{reasonText(why)}</p> : null
}
