import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePost } from '../../../data/entities/entities.ts'
import { useFirstPaint } from '../../../ui/first-paint.ts'
import './open-viewer.ts'

const Viewer = lazy(() => import('./Viewer.tsx'))

/** The pictures of a post on the full screen, while the history says so. */
export function ViewerSlot() {
  const asked = useRouterState({ select: ({ location }) => location.state.viewer })
  const post = usePost(asked?.post)
  // The server knows no history.
  if (useFirstPaint() || !asked || !post) return null
  return (
    <Suspense fallback={null}>
      <Viewer key={asked.post} post={post} initial={asked.at} />
    </Suspense>
  )
}
