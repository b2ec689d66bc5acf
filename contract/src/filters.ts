import { Type } from './core/schema.ts'

/** The named filters, in the order the composer shows them: colour first, then the darkroom. */
export const filterIds = [
  'original',
  'linen',
  'amber',
  'orchard',
  'rosewater',
  'fern',
  'harbor',
  'copper',
  'dusk',
  'paper',
  'gelatin',
  'noir',
  'selenium',
  'sepia',
  'collodion',
  'cyanotype',
  'daguerre',
] as const
export type FilterId = (typeof filterIds)[number]
export const FilterId = Type.Unsafe<FilterId>(Type.Enum([...filterIds]))
