import type { FilterId, PhotoEdit } from '@tintype/contract'
import { type Adjustment, adjustments } from '@tintype/contract/filter-adjust'
import { type CompiledFilter, compileFilter } from '@tintype/contract/filter-compile'
import { cropOf, type Framing, type Size } from '../../../editor/crop/crop.ts'

/** How a picture is developed: a filter at a strength, 0…1, and adjustments, each in its range, 0 where nothing changes. */
export interface Look {
  filter: FilterId
  strength: number
  adjust: Record<Adjustment, number>
}

export const plainLook: Look = {
  filter: 'original',
  strength: 1,
  adjust: Object.fromEntries(adjustments.map((name) => [name, 0])) as Look['adjust'],
}

/** As far as films are developed: by the filter alone. */
export const filterOf = ({ filter, strength }: Look): Look => ({ ...plainLook, filter, strength })

export const isPlain = ({ filter, strength, adjust }: Look): boolean =>
  (filter === 'original' || strength === 0) && adjustments.every((name) => adjust[name] === 0)

const compiled = new Map<string, CompiledFilter>()
const COMPILED_KEPT = 64

/** The look as numbers for a shader; the same object for the same look, as compiling one costs about a millisecond. */
export function compileLook({ filter, strength, adjust }: Look): CompiledFilter {
  const key = [filter, strength, ...adjustments.map((name) => adjust[name])].join()
  const known = compiled.get(key)
  if (known) return known
  const oldest = compiled.keys().next()
  if (compiled.size >= COMPILED_KEPT && !oldest.done) compiled.delete(oldest.value)
  const fresh = compileFilter(filter, strength, adjust)
  compiled.set(key, fresh)
  return fresh
}

/** Framing and look as the server takes them, without what changes nothing. `size` is undefined where nobody knows it. */
export function photoEditOf(framing: Framing, look: Look, size: Size | undefined): PhotoEdit {
  const { turn, flip, straighten } = framing
  const crop = size && cropOf(framing, size)
  const changed = adjustments.filter((name) => look.adjust[name] !== 0)
  return {
    ...(turn !== 0 && { turn }),
    ...(flip && { flip }),
    ...(straighten !== 0 && { straighten }),
    ...(crop && { crop }),
    ...filterEditOf(look),
    ...(changed.length > 0 && {
      adjust: Object.fromEntries(changed.map((name) => [name, look.adjust[name]])),
    }),
  }
}

/** The filter alone, of pictures and films. */
export const filterEditOf = (look: Look): Pick<PhotoEdit, 'filter' | 'strength'> =>
  isPlain(filterOf(look)) ? {} : { filter: look.filter, strength: look.strength }
