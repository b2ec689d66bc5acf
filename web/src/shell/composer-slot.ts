import { useSyncExternalStore } from 'react'

/** Somebody wants to post; `files` were dropped or pasted, else the composer asks for them. */
export interface ComposerRequest {
  id: number
  files: readonly File[]
}

let request: ComposerRequest | null = null
let lastId = 0
const listeners = new Set<() => void>()

function set(next: ComposerRequest | null) {
  request = next
  for (const listener of listeners) listener()
}

/** Opens the composer from anywhere: rails, bars, shortcuts, empty states, dropped files. */
export const openComposer = (files: readonly File[] = []): void => set({ id: ++lastId, files })
/** The composer took the request, or was closed. */
export const closeComposer = (): void => set(null)

/** Null while nobody wants to post. */
export const useComposerRequest = (): ComposerRequest | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => request,
    () => null,
  )
