import type { PostId } from '@tintype/contract'
import { createCell, useCell } from '../kit/cell.ts'

/** The sound of another's reel, to be used with a film. */
export interface ChosenSound {
  sound_id: PostId
  username: string
}

/** Somebody wants to compose; `files` were dropped or pasted, else the composer asks for them. */
export interface ComposerRequest {
  id: number
  files: readonly File[]
  sound?: ChosenSound | undefined
}

function composerSlot() {
  const request = createCell<ComposerRequest | null>(null)
  let lastId = 0
  return {
    open: (files: readonly File[] = [], sound?: ChosenSound): void =>
      request.set({ id: ++lastId, files, sound }),
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
