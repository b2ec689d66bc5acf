import { useQuery } from '@tanstack/react-query'
import type { ComponentProps, ReactNode } from 'react'
import { LiveLink } from './LiveLink.tsx'
import { liveOf } from './live-lists.ts'

interface LivePictureProps {
  user: ComponentProps<typeof LiveLink>['user']
  size: ComponentProps<typeof LiveLink>['size']
  /** As long as they are not live. */
  children: ReactNode
}

/** A member's picture on their profile: where they are live it leads there. */
export function LivePicture({ user, size, children }: LivePictureProps) {
  const { data } = useQuery(liveOf(user.username))
  return data?.status === 'live' ? <LiveLink liveId={data.live_id} user={user} size={size} /> : children
}
