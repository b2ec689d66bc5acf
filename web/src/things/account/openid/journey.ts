/** What a browser was sent to the other place for, and where it goes on after. */
export interface Journey {
  purpose: 'login' | 'link' | 'prove'
  /** A path of this app. */
  to: string
}

export const CALLBACK = '/auth/openid/callback'
const KEPT = 'tintype.openid'

/** Leaves the app. It is remembered in this tab alone, which is where the browser comes back. */
export function leaveFor(url: string, journey: Journey): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(journey))
  } catch {
    // Storage is closed: they come back to the start.
  }
  window.location.assign(url)
}

export function journeyBack(): Journey {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Journey | null
    if (kept) return { ...kept, to: isOwnPath(kept.to) ? kept.to : '/' }
  } catch {
    // As if nothing were kept.
  }
  return { purpose: 'login', to: '/' }
}

const isOwnPath = (path: string): boolean => path.startsWith('/') && !/^\/[/\\]/.test(path)

/** The query the browser came back with, as it was: the router reads values of it as numbers. */
export function answerIn(): string {
  // Where the page is drawn by the server, nobody has come back yet.
  if (typeof window === 'undefined') return ''
  const [entry] = performance.getEntriesByType?.('navigation') ?? []
  const came = URL.parse(entry?.name ?? '')
  return (came?.pathname === CALLBACK ? came.search : window.location.search).slice(1)
}
