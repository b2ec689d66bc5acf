import { useSyncExternalStore } from 'react'

let waiting = 0
const listeners = new Set<() => void>()
const set = (count: number) => {
  waiting = count
  for (const listener of listeners) listener()
}

/** Posts that wait at the top of the home feed. */
export const newPosts = {
  add: (count: number) => set(waiting + count),
  clear: () => set(0),
}

export const useNewPosts = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
    () => 0,
  )
