import type { StoryId } from '@tintype/contract'
import { useEffect, useMemo, useState } from 'react'
import { entities, useLiveIds } from '../../../data/entities/entities.ts'

const endsAt = (id: StoryId): number => entities.get('stories', id)?.ends_at ?? 0

/** Those that are still there and whose time is not over, also while they are looked at. */
export function useUnexpired(ids: readonly StoryId[]): StoryId[] {
  const live = useLiveIds('stories', ids)
  const [now, setNow] = useState(Date.now)
  const next = Math.min(...live.map(endsAt).filter((end) => end > now))
  useEffect(() => {
    if (!Number.isFinite(next)) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, next - Date.now()))
    return () => clearTimeout(timer)
  }, [next])
  return useMemo(() => live.filter((id) => endsAt(id) > now), [live, now])
}
