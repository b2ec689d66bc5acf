import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FilterId } from '@tintype/contract'
import { applyToPixels } from '@tintype/contract/filter-apply'
import { type CompiledFilter, compileFilter } from '@tintype/contract/filter-compile'

/** A filter of photographs in a shape that FFmpeg takes: files on this machine. */
export interface Look {
  /** Which colour becomes which. */
  cube: string
  /** What darkens the edges: pictures to be stretched over the whole, with alpha. */
  shades: readonly string[]
}

/** Colours along each edge of the cube; what is between them is straight. */
const EDGE = 33
/** Of a shade, both ways. */
const SHADE = 256

/** Undefined where it changes nothing. By the same code that changes photographs, so that both look alike. */
export async function makeLook(folder: string, id: FilterId, strength: number): Promise<Look | undefined> {
  const filter = compileFilter(id, strength)
  if (filter.identity) return undefined
  const cube = join(folder, 'look.cube')
  await writeFile(cube, cubeOf({ ...filter, vignettes: [] }))
  const shades = filter.vignettes.map((vignette, at) => ({ vignette, path: join(folder, `shade-${at}.pam`) }))
  for (const { vignette, path } of shades) await writeFile(path, shadeOf(vignette))
  return { cube, shades: shades.map(({ path }) => path) }
}

/** As Adobe's .cube has it: red first. */
function cubeOf(filter: CompiledFilter): string {
  const level = (at: number) => Math.round((at * 255) / (EDGE - 1))
  const pixels = new Uint8Array(EDGE ** 3 * 3)
  for (let at = 0; at < EDGE ** 3; at++) {
    const steps = [at % EDGE, Math.floor(at / EDGE) % EDGE, Math.floor(at / EDGE ** 2)]
    pixels.set(steps.map(level), at * 3)
  }
  applyToPixels(pixels, EDGE ** 2, EDGE, filter, 3)
  const lines = Array.from({ length: EDGE ** 3 }, (_, at) =>
    [...pixels.subarray(at * 3, at * 3 + 3)].map((value) => (value / 255).toFixed(5)).join(' '),
  )
  return [`LUT_3D_SIZE ${EDGE}`, ...lines, ''].join('\n')
}

/** How far a vignette goes is seen by what it makes of white. */
function shadeOf(vignette: CompiledFilter['vignettes'][number]): Buffer {
  const [r, g, b] = vignette.color.map((value) => Math.round(value * 255)) as [number, number, number]
  const pixels = new Uint8Array(SHADE ** 2 * 3).fill(255)
  const plain = { ...compileFilter('original'), identity: false }
  applyToPixels(pixels, SHADE, SHADE, { ...plain, vignettes: [vignette] }, 3)
  const head = `P7\nWIDTH ${SHADE}\nHEIGHT ${SHADE}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`
  const shade = Buffer.alloc(SHADE ** 2 * 4)
  for (let at = 0; at < SHADE ** 2; at++) {
    const share = (255 - (pixels[at * 3] ?? 255)) / (255 - r)
    shade.set([r, g, b, Math.round(share * 255)], at * 4)
  }
  return Buffer.concat([Buffer.from(head), shade])
}

/** A path as a value in the description of a graph, whose two levels of quoting it passes. */
export const quoted = (path: string): string =>
  path.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')
