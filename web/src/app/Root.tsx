import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useMe } from '../data/member.ts'
import { useRealtime } from '../data/use-realtime.ts'
import { useIsTakenOver } from '../ui/first-paint.ts'
import { ComposerSlot } from './ComposerSlot.tsx'
import { Notices } from './Notices.tsx'
import { RouteFocus } from './RouteFocus.tsx'

const LateSlots = lazy(() => import('./LateSlots.tsx'))

/** What every screen has, framed or not. */
export function Root() {
  const me = useMe()
  const isTakenOver = useIsTakenOver()
  useRealtime(isTakenOver ? me?.user_id : undefined)
  return (
    <>
      <RouteFocus />
      <Outlet />
      {me && isTakenOver && (
        <>
          <ComposerSlot />
          <Suspense fallback={null}>
            <LateSlots />
          </Suspense>
        </>
      )}
      <Notices />
    </>
  )
}
