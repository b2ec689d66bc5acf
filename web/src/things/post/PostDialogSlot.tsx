import { useSearch } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { lazy, Suspense } from 'react'
import { useFirstPaint } from '../../ui/first-paint.ts'

const PostDialog = lazy(() => import('./PostDialog.tsx'))

/** The post over the page, while the search says so. */
export function PostDialogSlot() {
  const { post } = useSearch({ from: '__root__' })
  // The server draws the page below.
  if (useFirstPaint() || !post) return null
  return (
    <Suspense fallback={null}>
      <PostDialog postId={post as PostId} />
    </Suspense>
  )
}
