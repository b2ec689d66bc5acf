/** Between a menu, its button and the edges of the window, in px. */
const GAP = 6
const EDGE = 12

interface Box {
  top: number
  bottom: number
  left: number
  right: number
}
interface Room {
  width: number
  height: number
}

export interface MenuPlace {
  top?: number
  bottom?: number
  left?: number
  right?: number
  maxHeight: number
}

/**
 * Where a menu opens at its button: below it, or above where there is more room; flush with the button at that side from
 * which it grows towards the middle of the window.
 */
export function menuPlace(button: Box, { width, height }: Room): MenuPlace {
  const below = height - button.bottom - GAP - EDGE
  const above = button.top - GAP - EDGE
  const vertical =
    below >= above
      ? { top: button.bottom + GAP, maxHeight: below }
      : { bottom: height - button.top + GAP, maxHeight: above }
  const startsLeft = (button.left + button.right) / 2 < width / 2
  return {
    ...vertical,
    ...(startsLeft ? { left: Math.max(EDGE, button.left) } : { right: Math.max(EDGE, width - button.right) }),
  }
}
