import { createCanvasRenderer } from './canvas-renderer.ts'
import type { Renderer } from './exposure.ts'
import { createWebGlRenderer } from './webgl-renderer.ts'

let shared: Renderer | undefined

/** The one renderer of the page: on the graphics card where there is one, else on the processor with the same result. */
export function getRenderer(): Renderer {
  shared ??= createWebGlRenderer(() => {
    // A lost graphics card may take a while to come back; the processor is always there.
    shared = createCanvasRenderer()
  })
  shared ??= createCanvasRenderer()
  return shared
}
