import type { ReactNode } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import type { PostList } from '../../data/posts.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { GridSkeleton } from '../grid/GridSkeleton.tsx'
import { PostGrid } from '../grid/PostGrid.tsx'
import { type Among, ReelTile } from './ReelTile.tsx'

interface ReelGridProps {
  label: string
  list: PostList
  among: Among
  /** Drawn where there is nothing. */
  empty: ReactNode
}

/** Reels by their posters, three to a row; each opens where it stands in its list. */
export function ReelGrid({ label, list, among, empty }: ReelGridProps) {
  const { query, ids, more } = usePaged('posts', list)
  if (query.isPending) return <GridSkeleton tiles={6} ratio={9 / 16} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0 && !query.hasNextPage) return empty
  return (
    <PostGrid
      label={label}
      ids={ids}
      ratio={9 / 16}
      tile={(id, place, eager) => <ReelTile postId={id} place={place} eager={eager} among={among} />}
      memory={list.queryKey.join('/')}
      {...more}
      placeholder={<GridSkeleton tiles={3} ratio={9 / 16} />}
    />
  )
}
