import type { Decoded } from '../../../things/composing/decode.ts'
import { type Ground, grounds, lineOf } from '../scene/paints.ts'
import { pictureBox } from '../scene/place.ts'
import type { Scene, ScenePicture, Stroke } from '../scene/scene.ts'
import type { DrawnWords, Measure } from '../scene/words.ts'

type Context = CanvasRenderingContext2D
interface Frame {
  width: number
  height: number
}

/** What is behind all else: the picture with what surrounds it, or a plain ground. */
export function drawGround(
  context: Context,
  frame: Frame,
  scene: Pick<Scene, 'ground' | 'picture'>,
  decoded: Decoded | undefined,
): void {
  const { picture, ground } = scene
  if (!picture || !decoded) {
    fillGround(context, frame, grounds[ground])
    return
  }
  if (picture.surround === 'blur') drawBlurred(context, frame, decoded)
  else {
    context.fillStyle = meanColor(decoded)
    context.fillRect(0, 0, frame.width, frame.height)
  }
  drawPicture(context, frame, picture, decoded)
}

function fillGround(context: Context, { width, height }: Frame, ground: Ground): void {
  const gradient = context.createLinearGradient(...lineOf(ground, width, height))
  for (const [index, color] of ground.colors.entries())
    gradient.addColorStop(index / (ground.colors.length - 1), color)
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
}

function drawPicture(context: Context, frame: Frame, picture: ScenePicture, decoded: Decoded): void {
  onPicture(context, frame, picture, decoded, (width, height) => {
    context.imageSmoothingQuality = 'high'
    context.drawImage(decoded.bitmap, -width / 2, -height / 2, width, height)
  })
}

/** Nothing is left where the picture is. */
export function cutOut(context: Context, frame: Frame, picture: ScenePicture, decoded: Decoded): void {
  onPicture(context, frame, picture, decoded, (width, height) => {
    context.globalCompositeOperation = 'destination-out'
    context.fillRect(-width / 2, -height / 2, width, height)
  })
}

/** Around the middle of the picture, turned as it is. */
function onPicture(
  context: Context,
  frame: Frame,
  { place }: ScenePicture,
  { size }: Decoded,
  draw: (width: number, height: number) => void,
): void {
  const box = pictureBox(size, place.size)
  context.save()
  context.translate(place.x * frame.width, place.y * frame.height)
  context.rotate((place.rotation * Math.PI) / 180)
  draw(box.width * frame.width, box.height * frame.width)
  context.restore()
}

/** So few pixels of the picture are left that enlarging them blurs it: every browser can, `filter` not every. */
const BLURRED = { width: 18, height: 32 }

function drawBlurred(context: Context, { width, height }: Frame, { bitmap }: Decoded): void {
  const small = canvasOf(BLURRED)
  const inner = small.getContext('2d')
  if (!inner) return
  const zoom = Math.max(BLURRED.width / bitmap.width, BLURRED.height / bitmap.height)
  const [across, down] = [bitmap.width * zoom, bitmap.height * zoom]
  inner.imageSmoothingQuality = 'high'
  inner.drawImage(bitmap, (BLURRED.width - across) / 2, (BLURRED.height - down) / 2, across, down)
  context.imageSmoothingQuality = 'high'
  context.drawImage(small, 0, 0, width, height)
  // So that the picture itself stands out.
  context.fillStyle = 'rgb(0 0 0 / 0.28)'
  context.fillRect(0, 0, width, height)
}

const means = new WeakMap<ImageBitmap, string>()

/** The colour of the picture as a whole. */
function meanColor({ bitmap }: Decoded): string {
  const known = means.get(bitmap)
  if (known) return known
  const context = canvasOf({ width: 1, height: 1 }).getContext('2d')
  if (!context) return '#000'
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
  const color = `rgb(${r} ${g} ${b})`
  means.set(bitmap, color)
  return color
}

/** What was drawn by hand, on a layer of its own: the eraser takes away of that alone. */
export function drawStrokes(context: Context, frame: Frame, strokes: readonly Stroke[]): void {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    context.globalCompositeOperation = stroke.erases ? 'destination-out' : 'source-over'
    context.strokeStyle = stroke.color
    context.lineWidth = stroke.width * frame.width
    context.beginPath()
    tracePath(context, frame, stroke.points)
    context.stroke()
  }
  context.globalCompositeOperation = 'source-over'
}

/** A curve through the middles between the points: a hand's line has no corners. */
export function tracePath(
  path: Pick<Context, 'moveTo' | 'lineTo' | 'quadraticCurveTo'>,
  { width, height }: Frame,
  points: readonly number[],
): void {
  const at = (index: number): [number, number] => [
    (points[2 * index] ?? 0) * width,
    (points[2 * index + 1] ?? 0) * height,
  ]
  const count = points.length / 2
  path.moveTo(...at(0))
  for (let index = 1; index < count - 1; index++) {
    const [x, y] = at(index)
    const [nextX, nextY] = at(index + 1)
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  }
  // A touch without a move is a dot.
  path.lineTo(...at(count - 1))
}

export function drawWords(context: Context, words: readonly DrawnWords[]): void {
  for (const one of words) {
    context.save()
    context.translate(one.x, one.y)
    context.rotate((one.rotation * Math.PI) / 180)
    if (one.pill) drawPills(context, one, one.pill)
    context.font = one.font
    context.fillStyle = one.color
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    if (!one.pill) Object.assign(context, softShadow(one.lineHeight))
    for (const { text, x, y } of one.lines) context.fillText(text, x, y)
    context.restore()
  }
}

const softShadow = (height: number) => ({ shadowColor: 'rgb(0 0 0 / 0.35)', shadowBlur: height * 0.12 })

function drawPills(context: Context, { lines, lineHeight, padding }: DrawnWords, color: string): void {
  context.fillStyle = color
  for (const { text, x, y, width } of lines) {
    if (!text) continue
    context.beginPath()
    context.roundRect(
      x - padding,
      y - lineHeight / 2 - 0.5,
      width + 2 * padding,
      lineHeight + 1,
      lineHeight * 0.24,
    )
    context.fill()
  }
}

export const canvasOf = (size: Frame): HTMLCanvasElement =>
  Object.assign(document.createElement('canvas'), size)

let ruler: Context | null | undefined
/** On a canvas, as it will be drawn; where there is none, roughly. */
export const measureText: Measure = (text, font) => {
  ruler ??= canvasOf({ width: 1, height: 1 }).getContext('2d')
  if (!ruler) return lengthOf(text) * 50
  ruler.font = font
  return ruler.measureText(text).width
}
const lengthOf = (text: string) => [...text].length
