import type { Decoded } from '../../../things/composing/decode.ts'
import type { Scene } from '../scene/scene.ts'
import { wordsOf } from '../scene/words.ts'
import { canvasOf, drawGround, drawStrokes, drawWords, measureText } from './draw.ts'

/** Pixels of the picture that a story is. */
export const STORY_SIZE = { width: 1080, height: 1920 } as const
const QUALITY = 0.9

/** Picture, drawing, texts and emoji as one JPEG; stickers are not in it. */
export async function renderStory(scene: Scene, decoded: Decoded | undefined): Promise<Blob> {
  await document.fonts?.ready
  const canvas = canvasOf(STORY_SIZE)
  const drawing = canvasOf(STORY_SIZE)
  const context = canvas.getContext('2d', { alpha: false })
  const pen = drawing.getContext('2d')
  if (!context || !pen) throw new Error('no canvas to draw on')
  drawGround(context, STORY_SIZE, scene, decoded)
  drawStrokes(pen, STORY_SIZE, scene.strokes)
  context.drawImage(drawing, 0, 0)
  drawWords(context, wordsOf(scene, STORY_SIZE, measureText))
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
      'image/jpeg',
      QUALITY,
    )
  })
}
