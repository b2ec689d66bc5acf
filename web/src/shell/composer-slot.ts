import { createCell, useCell } from '../kit/cell.ts'

/** Somebody wants to compose; `files` were dropped or pasted, else the composer asks for them. */
export interface ComposerRequest {
  id: number
  files: readonly File[]
}

function composerSlot() {
  const request = createCell<ComposerRequest | null>(null)
  let lastId = 0
  return {
    open: (files: readonly File[] = []): void => request.set({ id: ++lastId, files }),
    /** The composer took the request, or was closed. */
    close: (): void => request.set(null),
    /** Null while nobody wants to compose. */
    useRequest: (): ComposerRequest | null => useCell(request, () => null),
  }
}

/** Opens the composer of posts from anywhere: rails, bars, shortcuts, empty states, dropped files. */
export const { open: openComposer, close: closeComposer, useRequest: useComposerRequest } = composerSlot()

/** Opens the composer of stories from anywhere: rails, bars, the tray. */
export const {
  open: openStoryComposer,
  close: closeStoryComposer,
  useRequest: useStoryComposerRequest,
} = composerSlot()
