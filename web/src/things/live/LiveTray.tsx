import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { live } from '../../data/live.ts'
import { LiveLink } from './LiveLink.tsx'
import { livesNow } from './live-lists.ts'

interface LiveTrayProps {
  /** As the row that they stand in draws an entry. */
  children: (entry: { id: string; link: ReactNode; name: string }) => ReactNode
}

/** Who is live, at the beginning of a row. */
export default function LiveTray({ children }: LiveTrayProps) {
  const { data = [], refetch } = useQuery(livesNow)
  useEffect(() => live.on('lives.changed', () => void refetch()), [refetch])
  return data.map(({ live_id, user }) =>
    children({
      id: live_id,
      link: <LiveLink liveId={live_id} user={user} size={64} />,
      name: user.username,
    }),
  )
}
