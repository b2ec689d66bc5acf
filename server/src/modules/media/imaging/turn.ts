import type { PhotoEdit } from '@tintype/contract'
import {
  boundsOf,
  geometryPlacement,
  geometrySize,
  placementOf,
  within,
} from '@tintype/contract/photo-geometry'
import sharp, { type Sharp } from 'sharp'
import { type Pixels, rawOf } from './icc.ts'
import { type DecodePlan, planDecode, type Size, type Target } from './plan.ts'

export interface TurnPlan {
  /** In the oriented original, not yet turned. */
  decode: DecodePlan
  isTurned: boolean
  /** What is left in the end. */
  kept: Size
}

/** What must be decoded for an edit that turns: the upright box around what is kept, at the scale it is kept at. */
export function planTurned(source: Size, edit: PhotoEdit, target: Target): TurnPlan {
  const isTurned = Boolean(edit.turn || edit.flip || edit.straighten)
  const exact = geometrySize(source, edit)
  const cropped = {
    width: Math.max(1, Math.round(exact.width)),
    height: Math.max(1, Math.round(exact.height)),
  }
  const plan = planDecode(cropped, edit.crop, target)
  if (!isTurned) return { decode: plan, isTurned, kept: plan.kept }
  const { scaled, kept } = plan
  const scale = scaled.width / exact.width
  const whole = { width: pixelsOf(source.width * scale), height: pixelsOf(source.height * scale) }
  const fractions = {
    x: kept.left / scaled.width,
    y: kept.top / scaled.height,
    width: kept.width / scaled.width,
    height: kept.height / scaled.height,
  }
  const { x, y, width, height } = boundsOf(within(placementOf(fractions), geometryPlacement(source, edit)))
  const [left, right] = span(x, width, whole.width)
  const [top, bottom] = span(y, height, whole.height)
  const taken = { left, top, width: right - left, height: bottom - top }
  return { decode: { scaled: whole, kept: taken }, isTurned, kept }
}

const pixelsOf = (value: number): number => Math.max(1, Math.round(value))

function span(from: number, length: number, size: number): [number, number] {
  const start = Math.min(size - 1, Math.max(0, Math.round(from * size)))
  return [start, Math.min(size, Math.max(start + 1, Math.round((from + length) * size)))]
}

/** So many pixels around the picture repeat its edge, or the corners would mix with what lies beyond. */
const MARGIN = 4

/** The box and what is kept of it share their middle. Step by step, as libvips has an order of its own. */
export async function turn(pixels: Pixels, edit: PhotoEdit, { isTurned, kept }: TurnPlan): Promise<Pixels> {
  if (!isTurned) return pixels
  const upright = edit.turn ? await read(of(pixels).rotate(edit.turn)) : pixels
  const flipped = edit.flip ? await read(of(upright).flop()) : upright
  if (!edit.straighten) return flipped
  const widened = await read(
    of(flipped).extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, extendWith: 'copy' }),
  )
  const turned = await read(of(widened).rotate(edit.straighten))
  const width = Math.min(kept.width, turned.width)
  const height = Math.min(kept.height, turned.height)
  const left = Math.round((turned.width - width) / 2)
  const top = Math.round((turned.height - height) / 2)
  return read(of(turned).extract({ left, top, width, height }))
}

const of = (pixels: Pixels) => sharp(pixels.rgb, rawOf(pixels))

async function read(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { rgb: data, width: info.width, height: info.height }
}
