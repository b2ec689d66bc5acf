/** What this browser remembers by itself. Storage may be closed to us (private windows): then nothing is kept. */
export type StoredName =
  | 'tintype.theme'
  | 'tintype.session'
  | 'tintype.renewed'
  | 'tintype.member'
  | 'tintype.sort'
  | 'tintype.keys'
  | 'tintype.sharing'

export function readStored(name: StoredName): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Null removes it. */
export function writeStored(name: StoredName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // Nothing to be done, and nothing depends on it.
  }
}
