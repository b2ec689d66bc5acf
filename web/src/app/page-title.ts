import { useEffect } from 'react'
import { useInstance } from '../api/member.ts'

/** Names the tab: the screen, then the place. */
export function usePageTitle(title: string | undefined): void {
  const place = useInstance()?.name ?? 'Tintype'
  useEffect(() => {
    if (title !== undefined) document.title = title ? `${title} · ${place}` : place
  }, [title, place])
}
