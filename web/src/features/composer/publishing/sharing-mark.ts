const MARK = 'tintype.sharing'

/**
 * Tells the next visit that a post was still on its way, so that the composer is loaded to go on with it; without the
 * mark it need not even be asked for.
 */
export function markSharing(isSharing: boolean): void {
  try {
    if (isSharing) localStorage.setItem(MARK, '1')
    else localStorage.removeItem(MARK)
  } catch {
    // Storage is closed to us: the post then goes on only while this page stands.
  }
}

export function wasSharing(): boolean {
  try {
    return localStorage.getItem(MARK) !== null
  } catch {
    return false
  }
}
