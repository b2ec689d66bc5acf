/**
 * The first paint of a page is the server's, by the same components. While React takes it over, everything must come
 * out as it did there, whatever the browser knows better; a moment later it may.
 */
export const firstPaint = {
  active: typeof document === 'undefined',
  /** The browser said that it is a phone's. */
  phone: false,
  /** What the screen called the page. */
  title: '',
  /** Told once when the screen is React's. */
  end: (): void => undefined,
}

/** CSS px; what stands in for the window until there is one. */
export const firstPaintWindow = () =>
  firstPaint.phone ? { width: 390, height: 700 } : { width: 1440, height: 900 }

/** Called by a screen once it is there. */
export function endFirstPaint(): void {
  if (!firstPaint.active) return
  firstPaint.active = false
  firstPaint.end()
}
