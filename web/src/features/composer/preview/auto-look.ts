import { placementIn } from '../../../editor/crop/crop.ts'
import type { Decoded } from '../../../things/composing/decode.ts'
import { autoAdjust } from '../draft/auto-adjust.ts'
import { framingOf, type Shot } from '../draft/draft.ts'
import { compileLook, type Look, plainLook } from '../draft/look.ts'
import { getRenderer } from './renderer.ts'

const EDGE = 96

/** The look with the adjustments that suit what is seen of the picture; the rest of them as they were. */
export function autoLook(shot: Shot, { bitmap, size }: Decoded): Look {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = EDGE
  const placement = placementIn(framingOf(shot, size), size)
  getRenderer().draw(canvas, { bitmap, placement, filter: compileLook(plainLook) })
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, EDGE, EDGE).data ?? []
  return { ...shot.look, adjust: { ...shot.look.adjust, ...autoAdjust(pixels) } }
}
