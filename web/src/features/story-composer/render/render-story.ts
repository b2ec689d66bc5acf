import type { Decoded } from '../../../things/composing/decode.ts'
import type { Scene } from '../scene/scene.ts'
import { wordsOf } from '../scene/words.ts'
import { canvasOf, cutOut, drawGround, drawStrokes, drawWords, measureText } from './draw.ts'

/** Pixels of the picture that a story is. */
export const STORY_SIZE = { width: 1080, height: 1920 } as const
const QUALITY = 0.9
/** Of what lies over a film, which is shown at this size. */
const PLATE_SIZE = { width: 720, height: 1280 } as const

/** Picture, drawing, texts and emoji as one JPEG; stickers are not in it. */
export const renderStory = (scene: Scene, decoded: Decoded | undefined): Promise<Blob> =>
  drawn(scene, decoded, STORY_SIZE, 'image/jpeg')

/** What is beside and over a film, as a PNG that is see-through where the film is. */
export const renderPlate = (scene: Scene, decoded: Decoded): Promise<Blob> =>
  drawn(scene, decoded, PLATE_SIZE, 'image/png')

type Size = typeof STORY_SIZE | typeof PLATE_SIZE

async function drawn(
  scene: Scene,
  decoded: Decoded | undefined,
  size: Size,
  type: 'image/jpeg' | 'image/png',
): Promise<Blob> {
  await document.fonts?.ready
  const isPlate = type === 'image/png'
  const canvas = canvasOf(size)
  const drawing = canvasOf(size)
  const context = canvas.getContext('2d', { alpha: isPlate })
  const pen = drawing.getContext('2d')
  if (!context || !pen) throw new Error('no canvas to draw on')
  drawGround(context, size, scene, decoded)
  if (isPlate && scene.picture && decoded) cutOut(context, size, scene.picture, decoded)
  drawStrokes(pen, size, scene.strokes)
  context.drawImage(drawing, 0, 0)
  drawWords(context, wordsOf(scene, size, measureText))
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
      type,
      QUALITY,
    )
  })
}
