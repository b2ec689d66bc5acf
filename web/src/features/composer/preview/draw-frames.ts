import type { CompiledFilter } from '@tintype/contract/filter-compile'
import { wholeCanvas } from './exposure.ts'
import { getRenderer } from './renderer.ts'

/** Longest edge of a frame: what a graphics card, or the processor alone, can follow. */
const EDGE = { webgl: 960, canvas: 320 }
/** When a film that stands still shows something else. */
const STILL = ['loadeddata', 'seeked'] as const

/** Draws each frame of a film as it is shown, developed. Answers how to stop. */
export function drawFrames(
  film: HTMLVideoElement,
  target: HTMLCanvasElement,
  filter: CompiledFilter,
): () => void {
  let isStopped = false
  const draw = async () => {
    const bitmap = await frameOf(film).catch(() => undefined)
    if (bitmap && !isStopped) {
      if (target.width !== bitmap.width) target.width = bitmap.width
      if (target.height !== bitmap.height) target.height = bitmap.height
      getRenderer().draw(target, { bitmap, placement: wholeCanvas, filter })
    }
    bitmap?.close()
  }
  const follow = async () => {
    await draw()
    if (isStopped) return
    // Firefox before 132 does not say when there is another.
    if ('requestVideoFrameCallback' in film) film.requestVideoFrameCallback(() => void follow())
    else requestAnimationFrame(() => void follow())
  }
  void follow()
  const handleStill = () => void draw()
  for (const type of STILL) film.addEventListener(type, handleStill)
  return () => {
    isStopped = true
    for (const type of STILL) film.removeEventListener(type, handleStill)
  }
}

/** Undefined while there is none. */
async function frameOf(film: HTMLVideoElement): Promise<ImageBitmap | undefined> {
  const { videoWidth, videoHeight, readyState } = film
  if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) return undefined
  const scale = Math.min(1, EDGE[getRenderer().kind] / Math.max(videoWidth, videoHeight))
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return createImageBitmap(film, { resizeWidth: side(videoWidth), resizeHeight: side(videoHeight) })
}
