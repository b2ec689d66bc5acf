import { useEffect } from 'react'
import { useInstance } from '../data/member.ts'
import { firstPaint } from '../ui/first-paint.ts'

/** Names the tab: the screen, then the place. */
export function usePageTitle(title: string | undefined): void {
  const place = useInstance()?.name ?? 'Tintype'
  const full = title === undefined ? undefined : title ? `${title} · ${place}` : place
  // The server runs no effects.
  if (typeof document === 'undefined' && full !== undefined) firstPaint.title = full
  useEffect(() => {
    if (full !== undefined) document.title = full
  }, [full])
}
