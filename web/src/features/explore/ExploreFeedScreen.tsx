import { Navigate, useParams } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useState } from 'react'
import { useEntity } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { exploreFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { reasonText } from '../../things/explore/reason.ts'
import { FeedSkeleton } from '../../things/post/FeedSkeleton.tsx'
import { PostFeed } from '../../things/post/PostFeed.tsx'
import styles from './ExploreFeedScreen.module.css'

/** Head, actions, likes, caption and why, around the picture. */
const AROUND_PX = 280
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
        <PostFeed
          label={t('explore.title')}
          memory={`explore-${postId}`}
          ids={ids.slice(from)}
          among={ids}
          aroundPx={AROUND_PX}
          {...more}
          above={why}
        />
      </div>
    </>
  )
}

const why = (id: PostId) => <Why id={id} />

function Why({ id }: { id: PostId }) {
  const why = useEntity('posts', id)?.why
  return why ? <p className={styles.why}>{reasonText(why)}</p> : null
}
