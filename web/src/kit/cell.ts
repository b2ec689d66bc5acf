import { useSyncExternalStore } from 'react'

/** A value that tells its listeners when it changes. */
export interface Cell<T> {
  get(): T
  set(next: T): void
  update(change: (value: T) => T): void
  subscribe(listener: () => void): () => void
}

export function createCell<T>(initial: T): Cell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (Object.is(next, value)) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** `atFirst`: what a page that the server has drawn begins with. */
export const useCell = <T>(cell: Cell<T>, atFirst: () => T = cell.get): T =>
  useSyncExternalStore(cell.subscribe, cell.get, atFirst)
