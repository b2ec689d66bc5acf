import { createCell, useCell } from '../kit/cell.ts'

/** Somebody wants to post a story; `files` were dropped or pasted, else the composer asks for them. */
export interface StoryComposerRequest {
  id: number
  files: readonly File[]
}

const request = createCell<StoryComposerRequest | null>(null)
let lastId = 0

/** Opens the story composer from anywhere: rails, bars, the tray. */
export const openStoryComposer = (files: readonly File[] = []): void => request.set({ id: ++lastId, files })
/** The story composer took the request, or was closed. */
export const closeStoryComposer = (): void => request.set(null)

/** Null while nobody wants to post a story. */
export const useStoryComposerRequest = (): StoryComposerRequest | null => useCell(request, () => null)
