import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePost } from '../../../entities/entities.ts'
import './open-viewer.ts'

const Viewer = lazy(() => import('./Viewer.tsx'))

/** The pictures of a post on the full screen, while the history says so. */
export function ViewerSlot() {
  const asked = useRouterState({ select: ({ location }) => location.state.viewer })
  const post = usePost(asked?.post)
  if (!asked || !post) return null
  return (
    <Suspense fallback={null}>
      <Viewer key={asked.post} post={post} initial={asked.at} />
    </Suspense>
  )
}
