import { createContext, use } from 'react'
import { useCell } from '../../kit/cell.ts'
import type { Preview } from '../../things/composing/decode.ts'
import { type Draft, selectedOf } from './draft/draft.ts'
import type { Composer } from './services.ts'

export const ComposerContext = createContext<Composer | null>(null)

export function useComposer(): Composer {
  const composer = use(ComposerContext)
  if (!composer) throw new Error('outside of the composer')
  return composer
}

export const useDraft = (): Draft => useCell(useComposer().session.draft)
export const usePreviews = (): ReadonlyMap<string, Preview> => useCell(useComposer().session.previews)

/** The picture that is worked on, with what can be seen of it; undefined while the post has none. */
export function useSelected() {
  const draft = useDraft()
  const previews = usePreviews()
  const selected = selectedOf(draft)
  return (
    selected && { ...selected, preview: previews.get(selected.shot.id), count: draft.shots.present.length }
  )
}
export type Selected = NonNullable<ReturnType<typeof useSelected>>
