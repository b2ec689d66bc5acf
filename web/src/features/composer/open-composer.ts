import { createCell } from '../../upload/cell.ts'

/** Whether the composer is open, and the files it was opened with. Weighs nothing: the composer itself loads when opened. */
export const composerDoor = createCell<{ open: boolean; files: readonly File[] }>({ open: false, files: [] })

/** Opens the composer, with pictures that were dropped or pasted, if any. */
export const openComposer = (files: readonly File[] = []) => composerDoor.set({ open: true, files })

export const closeComposer = () => composerDoor.set({ open: false, files: [] })
