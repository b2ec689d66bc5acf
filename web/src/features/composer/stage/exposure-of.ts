import { placementIn } from '../../../editor/crop/crop.ts'
import type { Decoded } from '../../../things/composing/decode.ts'
import { framingOf, type Shot } from '../draft/draft.ts'
import { compileLook } from '../draft/look.ts'
import type { Exposure } from '../preview/exposure.ts'

/** A picture of the post as it will be. */
export const exposureOf = (shot: Shot, { bitmap, size }: Decoded, look = shot.look): Exposure => ({
  bitmap,
  placement: placementIn(framingOf(shot, size), size),
  filter: compileLook(look),
})
