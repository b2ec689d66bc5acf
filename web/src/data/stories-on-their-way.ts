import { createCell, useCell } from '../kit/cell.ts'
import type { Pause } from '../upload/retry.ts'

/** A story that was shared and is not up yet. */
export interface StoryOnItsWay {
  /** The page's own. */
  id: string
  stage: 'sending' | 'confirming' | 'processing'
  /** Of its bytes, 0…1. */
  progress: number
  /** Why nothing moves. */
  pause: Pause | null
}

const none: readonly StoryOnItsWay[] = []
/** Those of this page, oldest first. */
export const storiesOnTheirWay = createCell(none)
export const useStoriesOnTheirWay = (): readonly StoryOnItsWay[] => useCell(storiesOnTheirWay, () => none)
