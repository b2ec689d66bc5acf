import {
  type NamedHit,
  type PlaceHit,
  type PlaceMap,
  type PlacePage,
  placeLimits,
  type SuggestedPlace,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import { foldWords } from '../../text/words.ts'
import type { Atlas } from './atlas.ts'

export interface PlaceDeps {
  cache: Cache
  atlas: Pick<Atlas, 'map' | 'towns'>
  labels: { place(viewerId: UserId | null, name: string): Promise<PlaceHit | undefined> }
  search: {
    complete(
      viewerId: UserId,
      type: 'places',
      asked: { q: string; limit: number },
    ): Promise<readonly NamedHit[]>
  }
}

/** Seconds. */
const MAP_TTL = 86_400
/** Maps are drawn for positions so far apart. Degrees: about 5 km. */
const GRID = 0.05
/** Of what posts here have, before towns. */
const KNOWN = 4

/** Where posts are from. */
export class Places {
  readonly #deps: PlaceDeps
  readonly #maps: Entries<string, PlaceMap>

  constructor(deps: PlaceDeps) {
    this.#deps = deps
    this.#maps = deps.cache.entries('place-maps', { ttl: MAP_TTL })
  }

  async page(viewerId: UserId | null, name: string): Promise<PlacePage> {
    const hit = await this.#deps.labels.place(viewerId, name)
    if (!hit) throw new TintypeError('not_found')
    const { place, posts_count } = hit
    const { lat, lon } = place
    const map = lat === undefined || lon === undefined ? null : await this.#map(lat, lon)
    return { place, posts_count, map }
  }

  /** Places that posts here have, then towns. */
  async suggest(viewerId: UserId, q: string): Promise<SuggestedPlace[]> {
    const [hits, towns] = await Promise.all([
      this.#deps.search.complete(viewerId, 'places', { q, limit: KNOWN }),
      this.#deps.atlas.towns(q, placeLimits.suggestions),
    ])
    const known = hits.filter((hit) => hit.type === 'place')
    const names = new Set(known.map(({ place }) => foldWords(place.name)))
    const found = [
      ...known.map(({ place, posts_count }) => ({ place, posts_count, country: null })),
      ...towns
        .filter(({ place }) => !names.has(foldWords(place.name)))
        .map(({ place, country }) => ({ place, country, posts_count: 0 })),
    ]
    return found.slice(0, placeLimits.suggestions)
  }

  #map(lat: number, lon: number): Promise<PlaceMap> {
    const [at, beside] = [onGrid(lat), onGrid(lon)]
    return this.#maps.through(`${at} ${beside}`, () => this.#deps.atlas.map({ lat: at, lon: beside }))
  }
}

const onGrid = (degrees: number) => Math.round(Math.round(degrees / GRID) * GRID * 100) / 100
