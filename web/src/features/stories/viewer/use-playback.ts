import type { StoryId } from '@tintype/contract'
import { useEffect, useState } from 'react'
import type { StoryEntity } from '../../../data/entities/types.ts'
import { recordView } from '../../../things/story/view-queue.ts'
import { timeOf, useStoryClock } from './use-story-clock.ts'
import { useTabHidden } from './use-tab-hidden.ts'

/** What lies over the story and stops it meanwhile. */
export type Sheet = 'menu' | 'insights' | 'delete' | 'keep' | null

interface Playback {
  id: StoryId
  painted: boolean
  paused: boolean
  typing: boolean
  stalled: boolean
}

const begin = (id: StoryId): Playback => ({
  id,
  painted: false,
  paused: false,
  typing: false,
  stalled: false,
})

/**
 * When a story runs: its picture is painted, the tab is looked at, and nothing holds it. Every story begins anew; it counts
 * as seen from the moment it first can be.
 */
export function usePlayback(story: StoryEntity, held: boolean, onEnd: () => void) {
  const id = story.story_id
  const [known, setKnown] = useState(() => begin(id))
  const [sheet, setSheet] = useState<Sheet>(null)
  const now = known.id === id ? known : begin(id)
  const hidden = useTabHidden()
  const set = (change: Partial<Playback>) =>
    setKnown((last) => ({ ...(last.id === id ? last : begin(id)), ...change }))
  const running = now.painted && !now.paused && !now.typing && !held && !hidden && sheet === null
  // A film that waits for its bytes takes no time off what is left of it.
  const counts = running && !now.stalled
  useStoryClock(id, timeOf(story.media), counts, onEnd)
  const isCounted = !story.viewer.is_author && !story.viewer.seen && story.ends_at !== null
  useEffect(() => {
    if (now.painted && !hidden && isCounted) recordView(id)
  }, [id, now.painted, hidden, isCounted])
  return {
    running,
    /** Its time goes by. */
    counts,
    paused: now.paused,
    sheet,
    setSheet,
    setPaused: (paused: boolean) => set({ paused }),
    setTyping: (typing: boolean) => set({ typing }),
    setStalled: (stalled: boolean) => set({ stalled }),
    handlePainted: () => set({ painted: true }),
  }
}
