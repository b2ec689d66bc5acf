import type { ReactNode } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import type { PostList } from '../../data/posts.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import type { Pattern } from './blocks.ts'
import { GridSkeleton } from './GridSkeleton.tsx'
import { PostGrid } from './PostGrid.tsx'

interface PostGridQueryProps {
  label: string
  list: PostList
  pattern?: Pattern
  /** See openPost. */
  within?: '/explore/$postId'
  /** See Tile. */
  pins?: boolean
  /** Drawn where there is nothing. */
  empty: ReactNode
}

/** A paged list of posts as a grid, with its loading, empty and error states. */
export function PostGridQuery({ label, list, pattern, within, pins, empty }: PostGridQueryProps) {
  const { query, ids, more } = usePaged('posts', list)
  if (query.isPending) return <GridSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0 && !query.hasNextPage) return empty
  return (
    <PostGrid
      label={label}
      ids={ids}
      pattern={pattern}
      within={within}
      pins={pins}
      memory={list.queryKey.join('/')}
      {...more}
      placeholder={<GridSkeleton tiles={3} />}
    />
  )
}
