import { createContext, use } from 'react'
import { useCell } from '../../kit/cell.ts'
import type { Decoded } from '../../things/composing/decode.ts'
import type { StoryDraft } from './draft/draft.ts'
import type { Scene } from './scene/scene.ts'
import type { StorySession } from './session.ts'

export const StoryContext = createContext<StorySession | null>(null)

export function useStory(): StorySession {
  const session = use(StoryContext)
  if (!session) throw new Error('outside of the story composer')
  return session
}

export const useDraft = (): StoryDraft => useCell(useStory().draft)
export const useScene = (): Scene => useDraft().scene.present

/** The picture of the scene as far as it can be drawn. */
export function useDecoded(): Decoded | undefined {
  const previews = useCell(useStory().previews)
  const preview = previews.get(useScene().picture?.fileId ?? '')
  return preview?.state === 'seen' ? preview.decoded : undefined
}
