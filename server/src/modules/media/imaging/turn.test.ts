import { geometryPlacement, type PhotoEdit, placementOf, within } from '@tintype/contract'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { rawOf } from './icc.ts'
import { targetOf } from './plan.ts'
import { planTurned, turn } from './turn.ts'

const source = { width: 640, height: 400 }
/** A picture that says of each place where it is: red grows to the right, green downwards. */
const chart = Buffer.from(
  Uint8Array.from({ length: source.width * source.height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    const [x, y] = [pixel % source.width, Math.floor(pixel / source.width)]
    return [(255 * (x + 0.5)) / source.width, (255 * (y + 0.5)) / source.height, 0][i % 3] ?? 0
  }),
)

async function shown(edit: PhotoEdit) {
  const plan = planTurned(source, edit, targetOf('post', 'first'))
  const { scaled, kept } = plan.decode
  const { data: rgb, info } = await sharp(chart, rawOf({ rgb: chart, ...source }))
    .resize({ ...scaled, fit: 'fill' })
    .extract(kept)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels = await turn({ rgb, width: info.width, height: info.height }, edit, plan)
  return { pixels, plan }
}

const cut = { x: 0.1, y: 0.2, width: 0.5, height: 0.6 }
const edits: PhotoEdit[] = [
  { turn: 90 },
  { turn: 180 },
  { turn: 270, flip: true },
  { flip: true, crop: cut },
  { straighten: 7 },
  { straighten: -33, crop: cut },
  { turn: 90, flip: true, straighten: 12, crop: cut },
  { turn: 270, straighten: 45 },
]

describe('turning on the server', () => {
  it.each(edits)('shows at each place what the geometry says: %j', async (edit) => {
    const { pixels, plan } = await shown(edit)
    expect(Math.abs(pixels.width - plan.kept.width)).toBeLessThanOrEqual(1)
    expect(Math.abs(pixels.height - plan.kept.height)).toBeLessThanOrEqual(1)
    const crop = edit.crop ?? { x: 0, y: 0, width: 1, height: 1 }
    const [a, b, c, d, e, f] = within(placementOf(crop), geometryPlacement(source, edit))
    for (const u of [0.01, 0.25, 0.5, 0.75, 0.99])
      for (const v of [0.01, 0.25, 0.5, 0.75, 0.99]) {
        const i = (Math.floor(v * pixels.height) * pixels.width + Math.floor(u * pixels.width)) * 3
        const place = [a * u + c * v + e, b * u + d * v + f].map((fraction) => fraction * 255)
        // Two levels are about two and a half pixels of the chart.
        expect(Math.abs((pixels.rgb[i] ?? 0) - (place[0] ?? 0))).toBeLessThanOrEqual(2)
        expect(Math.abs((pixels.rgb[i + 1] ?? 0) - (place[1] ?? 0))).toBeLessThanOrEqual(2)
      }
  })

  it('decodes no more than the box around what is kept', () => {
    const { decode } = planTurned(
      source,
      { straighten: 10, crop: { x: 0.4, y: 0.4, width: 0.2, height: 0.2 } },
      targetOf('post', 'first'),
    )
    expect(decode.kept.width * decode.kept.height).toBeLessThan(0.1 * source.width * source.height)
  })
})
