import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)
// Screens and dialogs are loaded when they are first asked for, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

// jsdom has no layout and no painting; the app asks for these at most to observe or to draw.
class SilentObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.assign(globalThis, { ResizeObserver: SilentObserver, IntersectionObserver: SilentObserver })
HTMLCanvasElement.prototype.getContext = () => null
window.scrollTo = () => {}
window.matchMedia = (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener() {},
    removeListener() {},
  }) as MediaQueryList
Element.prototype.scrollIntoView = () => {}

// A little room, so that virtual lists draw their first rows and grids know a width.
for (const [name, value] of Object.entries({
  offsetHeight: 200,
  clientHeight: 200,
  offsetWidth: 900,
  clientWidth: 900,
}))
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value })

/** Never opens: what comes over the socket is tested at its handlers. */
class SilentSocket extends EventTarget {
  close() {}
}
Object.assign(globalThis, { WebSocket: SilentSocket })
