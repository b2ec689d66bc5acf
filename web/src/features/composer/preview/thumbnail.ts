import { placementIn } from '../../../editor/crop/crop.ts'
import type { Preview } from '../../../things/composing/decode.ts'
import { type Draft, framingOf } from '../draft/draft.ts'
import { compileLook } from '../draft/look.ts'
import { getRenderer } from './renderer.ts'

const EDGE = 112

/** The first picture of a draft as it will look, cut to a small square. Null where the browser cannot show it. */
export async function thumbnailOf(
  draft: Draft,
  previews: ReadonlyMap<string, Preview>,
): Promise<ImageBitmap | null> {
  const [shot] = draft.shots.present
  const preview = shot && previews.get(shot.id)
  if (!shot || preview?.state !== 'seen') return null
  const { bitmap, size } = preview.decoded
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = EDGE
  const square = { ...framingOf(shot, size), shape: '1:1' as const }
  getRenderer().draw(canvas, { bitmap, placement: placementIn(square, size), filter: compileLook(shot.look) })
  return createImageBitmap(canvas)
}
