import type { KeyboardEvent } from 'react'
import { useShortcuts } from '../../../shell/shortcuts.ts'
import type { Turning } from './use-track.ts'
import type { Zooming } from './use-zoom.ts'

/** How far an arrow moves an enlarged picture. CSS pixels. */
const PAN_PX = 80

type Keys = Partial<Record<string, () => void>>

/** Arrows turn, or move what is enlarged; plus, minus and 0 enlarge; F closes as it opened. Esc is the dialog's. */
export function useViewerKeys(turning: Turning, zooming: Zooming, close: () => void) {
  const { zoom, zoomIn, zoomOut, panBy, reset } = zooming
  const letters = { '+': zoomIn, '=': zoomIn, '-': zoomOut, _: zoomOut, 0: reset, f: close }
  useShortcuts(letters, { covers: true })
  const turns: Keys = {
    ArrowLeft: () => turning.turn(-1),
    ArrowRight: () => turning.turn(1),
    Home: () => turning.goTo(0),
    End: () => turning.goTo(Number.POSITIVE_INFINITY),
  }
  const pans: Keys = {
    ArrowLeft: () => panBy(PAN_PX, 0),
    ArrowRight: () => panBy(-PAN_PX, 0),
    ArrowUp: () => panBy(0, PAN_PX),
    ArrowDown: () => panBy(0, -PAN_PX),
  }
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const act = (zoom.scale > 1 ? pans[event.key] : undefined) ?? turns[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
}
