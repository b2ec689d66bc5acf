import type { FilmRenderer } from './film-renderer.ts'
import type { Renderer } from './renderer.ts'

/** Who makes what is shown, by kind. */
export interface Renderers {
  photo: Pick<Renderer, 'render' | 'renew'>
  film: Pick<FilmRenderer, 'render' | 'renderVoice' | 'renewStill'>
}
