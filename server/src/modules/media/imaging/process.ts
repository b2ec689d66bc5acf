import { readFile } from 'node:fs/promises'
import type { PhotoEdit } from '@tintype/contract'
import { applyToPixels } from '@tintype/contract/filter-apply'
import { compileFilter } from '@tintype/contract/filter-compile'
import sharp, { type Sharp } from 'sharp'
import { type Decoded, decode } from './decode.ts'
import { withoutMetadata } from './formats/webp.ts'
import { type Pixels, rawOf } from './icc.ts'
import {
  isSame,
  type Output,
  outputsOf,
  type Purpose,
  type Size,
  type Step,
  type Target,
  targetOf,
} from './plan.ts'
import type { PhotoType } from './sniffed.ts'
import { type Summary, summarize } from './summary.ts'

export interface ImagingTask {
  /** A file on this machine. */
  path: string
  type: PhotoType
  /** As stored; how much memory it takes follows from them. */
  pixels: number
  edit: PhotoEdit
  purpose: Purpose
  /** All that a step makes, or one rendition again. */
  make: Step | Output
}

export interface RenditionFile extends Output {
  bytes: Buffer
}

export interface Processed extends Size, Summary {
  /** WebP before AVIF, largest first. */
  renditions: RenditionFile[]
}

/**
 * WebP at effort 2 takes half the time of effort 4 for 4 % more bytes: what the larger sizes cost more, it saves. AVIF at effort 1
 * takes half the time of effort 2 for the same bytes.
 */
const encodings = {
  'image/webp': (image: Sharp) => image.webp({ quality: 80, effort: 2 }),
  'image/avif': (image: Sharp) => image.avif({ quality: 52, effort: 1 }),
}

/**
 * One decode, then the filter, then every size from the same pixels. No metadata outlives the decode. Throws `media_*`
 * errors for files that can never succeed, anything else for what may be tried again.
 */
export async function processPhoto(task: ImagingTask): Promise<Processed> {
  const { purpose, make } = task
  const target: Target =
    typeof make === 'string'
      ? targetOf(purpose, make)
      : { purpose, scaleOf: ({ width }) => Math.min(1, make.width / width) }
  const decoded = await decode(task, task.edit, target)
  const { pixels } = decoded
  const filter = compileFilter(task.edit.filter ?? 'original', task.edit.strength, task.edit.adjust)
  applyToPixels(pixels.rgb, pixels.width, pixels.height, filter, 3)
  const outputs =
    typeof make === 'string' ? asDecoded(outputsOf(decoded.kept, purpose, make), pixels) : [make]
  const kept = filter.identity ? await keptOriginal(task, decoded) : undefined
  const [summary, ...renditions] = await Promise.all([
    summarize(pixels),
    ...outputs.map((output) =>
      kept && isSame(output, kept) && output.content_type === kept.content_type
        ? kept
        : encode(pixels, output),
    ),
  ])
  return { width: pixels.width, height: pixels.height, ...summary, renditions }
}

/** Cutting and turning may end a pixel beside the plan; scaling for that alone would only blur. */
const asDecoded = (outputs: Output[], { width, height }: Size): Output[] =>
  outputs.map((output) =>
    Math.abs(output.width - width) <= 1 && Math.abs(output.height - height) <= 1
      ? { ...output, width, height }
      : output,
  )

async function encode(pixels: Pixels, output: Output): Promise<RenditionFile> {
  const { width, height, content_type } = output
  const image = sharp(pixels.rgb, rawOf(pixels))
  const scaled = isSame(output, pixels) ? image : image.resize({ width, height, fit: 'fill' })
  return { width, height, content_type, bytes: await encodings[content_type](scaled).toBuffer() }
}

/** At most so many bytes a pixel: about quality 90. */
const KEPT_BYTES_PER_PIXEL = 0.35

/**
 * A WebP that is already small, upright and plain is served as it came, its metadata cut out: encoding it again
 * would only lose quality.
 */
async function keptOriginal(
  task: ImagingTask,
  { pixels, untouched }: Decoded,
): Promise<RenditionFile | undefined> {
  if (task.type !== 'image/webp' || !untouched) return undefined
  const bytes = withoutMetadata(await readFile(task.path))
  if (!bytes || bytes.length > KEPT_BYTES_PER_PIXEL * pixels.width * pixels.height) return undefined
  return { width: pixels.width, height: pixels.height, content_type: 'image/webp', bytes }
}
