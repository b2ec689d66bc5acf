import { createHash } from 'node:crypto'
import { adjustments, type PhotoEdit } from '@tintype/contract'
import { PIPELINE_VERSION, type Purpose, type Step } from './imaging/plan.ts'

/**
 * The name of what comes out: equal for equal originals that are edited alike. 32 hex digits of a SHA-256 over everything that
 * decides the outcome.
 */
export function recipeOf(originalSha256: string, edit: PhotoEdit, purpose: Purpose): string {
  const {
    turn = 0,
    flip = false,
    straighten = 0,
    crop,
    filter = 'original',
    strength = 1,
    adjust = {},
  } = edit
  const plain = filter === 'original'
  const ingredients = [
    PIPELINE_VERSION,
    originalSha256,
    purpose,
    [turn, flip, straighten],
    crop && [crop.x, crop.y, crop.width, crop.height],
    filter,
    plain ? 1 : strength,
    adjustments.map((name) => adjust[name] ?? 0),
  ]
  return createHash('sha256').update(JSON.stringify(ingredients)).digest('hex').slice(0, 32)
}

export type RenditionFormat = 'webp' | 'avif'

/** At most so many sizes are made of one picture, in either format. */
const SIZES = 5
/** Sizes that the first step makes at most. */
export const FIRST_SIZES = 3
const steps = { first: 'webp', later: 'later' } as const satisfies Record<Step, string>

export const renditionKey = (recipe: string, format: RenditionFormat, index: number): string =>
  `media/${recipe}/${index}.${format}`
/** What was made is written down last: where it stands, the step is done. */
export const manifestKey = (recipe: string, step: Step): string => `media/${recipe}/${steps[step]}.json`

/** Every object a recipe can have; known without listing, so that none is ever left behind. `avif.json`: of the first pipeline. */
export const objectKeys = (recipe: string): string[] => [
  manifestKey(recipe, 'first'),
  manifestKey(recipe, 'later'),
  `media/${recipe}/avif.json`,
  ...(['webp', 'avif'] as const).flatMap((format) =>
    Array.from({ length: SIZES }, (_, index) => renditionKey(recipe, format, index)),
  ),
]
