import { useSyncExternalStore } from 'react'

/** What this browser remembers by itself. */
export type StoredName =
  | 'tintype.theme'
  | 'tintype.session'
  | 'tintype.renewed'
  | 'tintype.member'
  | 'tintype.accounts'
  | 'tintype.sort'
  | 'tintype.sound'
  | 'tintype.captions'
  | 'tintype.keys'
  | 'tintype.sharing'
  | 'tintype.sharing-story'
  | 'tintype.views'
  | 'tintype.unsent'
  | 'tintype.drafts'
  | 'tintype.push'
  | 'tintype.time'
  | 'tintype.verify-later'

const listeners = new Set<() => void>()
/** Storage may be closed to us (private windows): then it is remembered while the page is open. */
const unstored = new Map<StoredName, string | null>()

export function readStored(name: StoredName): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return unstored.get(name) ?? null
  }
}

/** Null removes it. */
export function writeStored(name: StoredName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    unstored.set(name, value)
  }
  for (const listener of listeners) listener()
}

const nothing = () => null

/** For what is drawn: the server knows nothing of it, so a page that is taken over from there begins with `atFirst`. */
export const useStored = (name: StoredName, atFirst: () => string | null = nothing): string | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => readStored(name),
    atFirst,
  )
