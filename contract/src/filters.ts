import { Type } from './schema.ts'

/** The named filters, in the order the composer shows them. */
export const filterIds = [
  'original',
  'amber',
  'collodion',
  'cyanotype',
  'daguerre',
  'dusk',
  'fern',
  'gelatin',
  'harbor',
  'linen',
  'noir',
  'orchard',
  'paper',
  'selenium',
  'sepia',
] as const
export type FilterId = (typeof filterIds)[number]
export const FilterId = Type.Unsafe<FilterId>(Type.Enum([...filterIds]))
