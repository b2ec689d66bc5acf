import { Outlet } from '@tanstack/react-router'
import { useMe } from '../api/member.ts'
import { useRealtime } from '../realtime/use-realtime.ts'
import { ComposerSlot } from './ComposerSlot.tsx'
import { Notices } from './Notices.tsx'
import { RouteFocus } from './RouteFocus.tsx'

/** What every screen has, framed or not. */
export function Root() {
  const me = useMe()
  useRealtime(me?.user_id)
  return (
    <>
      <RouteFocus />
      <Outlet />
      {me && <ComposerSlot />}
      <Notices />
    </>
  )
}
