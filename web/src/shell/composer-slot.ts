import { createCell, useCell } from '../kit/cell.ts'

/** Somebody wants to post; `files` were dropped or pasted, else the composer asks for them. */
export interface ComposerRequest {
  id: number
  files: readonly File[]
}

const request = createCell<ComposerRequest | null>(null)
let lastId = 0

/** Opens the composer from anywhere: rails, bars, shortcuts, empty states, dropped files. */
export const openComposer = (files: readonly File[] = []): void => request.set({ id: ++lastId, files })
/** The composer took the request, or was closed. */
export const closeComposer = (): void => request.set(null)

/** Null while nobody wants to post. */
export const useComposerRequest = (): ComposerRequest | null => useCell(request, () => null)
