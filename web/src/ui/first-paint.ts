import { useSyncExternalStore } from 'react'

/**
 * The first paint of a page is the server's, by the same components. While React takes it over, everything must come
 * out as it did there, whatever the browser knows better; a moment later it may.
 */
export const firstPaint = {
  /** From the first drawing until the screen is React's. */
  active: typeof document === 'undefined',
  /** The browser said that it is a phone's. */
  phone: false,
  /** The order of the home feed, as far as the server knew. */
  sort: 'ranked' as 'ranked' | 'chronological' | 'favourites',
  /** When the page was drawn. */
  now: 0,
  /** What the screen called the page. */
  title: '',
  /** Told once when the screen is React's. */
  end: (): void => undefined,
}

const nothing = () => () => undefined
const yes = () => true
const no = () => false

/** Whether a component is drawn by the server, or taken over from there just now; told again, with false, when it is. */
export const useFirstPaint = (): boolean => useSyncExternalStore(nothing, no, yes)

/** CSS px; what stands in for the window until there is one. */
export const firstPaintWindow = () =>
  firstPaint.phone ? { width: 390, height: 700 } : { width: 1440, height: 900 }

const listeners = new Set<() => void>()

/** Called by the innermost screen once it is there. */
export function endFirstPaint(): void {
  if (!firstPaint.active) return
  firstPaint.active = false
  firstPaint.end()
  for (const listener of listeners) listener()
}

/**
 * Whether the screen is React's. What changes what screens show (the socket, a post on its way) begins then: a screen that is
 * taken over would no longer be what the server drew.
 */
export const useIsTakenOver = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => !firstPaint.active,
    no,
  )
