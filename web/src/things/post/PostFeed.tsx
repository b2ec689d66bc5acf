import type { PostId } from '@tintype/contract'
import type { ReactNode } from 'react'
import { entities } from '../../data/entities/entities.ts'
import { firstPaintWindow, useFirstPaint } from '../../ui/first-paint.ts'
import { InfiniteList, type InfiniteListProps } from '../../ui/InfiniteList.tsx'
import { clampRatio } from '../../ui/media-sources.ts'
import { FeedSkeleton } from './FeedSkeleton.tsx'
import { PostCard } from './PostCard.tsx'

const GAP = 20
const WIDEST_PX = 630

type Shared = 'label' | 'memory' | 'controls' | 'hasMore' | 'loadingMore' | 'onMore'

interface PostFeedProps extends Pick<InfiniteListProps<PostId>, Shared> {
  ids: readonly PostId[]
  /** What a post that is opened from here can be turned to; `ids` unless given. */
  among?: readonly PostId[]
  /** Height (px) of a card without its picture, and of what is above it: before they are measured. */
  aroundPx: number
  /** The same function each time, or every card is drawn anew. */
  above: (id: PostId) => ReactNode
}

const keyOf = (id: PostId) => id

/** Posts one below the other, each whole. */
export function PostFeed({ ids, among = ids, aroundPx, above, ...list }: PostFeedProps) {
  const room = useFirstPaint() ? firstPaintWindow().width : window.innerWidth
  const estimate = (id: PostId): number => {
    const media = entities.get('posts', id)?.media[0]
    const width = Math.min(room, WIDEST_PX)
    return aroundPx + (media ? width / clampRatio(media.width, media.height) : width)
  }
  return (
    <InfiniteList
      role="feed"
      items={ids}
      keyOf={keyOf}
      estimate={estimate}
      gap={GAP}
      overscan={2}
      {...list}
      placeholder={<FeedSkeleton posts={1} />}
      render={(id, index, height) => (
        <PostCard postId={id} among={among} index={index} height={height} eager={index === 0} above={above} />
      )}
    />
  )
}
