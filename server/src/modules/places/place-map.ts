import { createRequire } from 'node:module'
import type { PlaceMap } from '@tintype/contract'
import { type GeoPermissibleObjects, geoBounds, geoMercator, geoPath } from 'd3-geo'
import { feature, mesh } from 'topojson-client'

const WIDTH = 640
const HEIGHT = 240
/** What the width shows at the equator, and about that elsewhere. Degrees. */
const SPAN = 12
/** Mercator's map ends there. Degrees. */
const TOP = 80

type Topology = Parameters<typeof mesh>[0]
type Shape = NonNullable<Parameters<typeof mesh>[1]>
type Atlas = Topology & { objects: { countries: Shape; land: Shape } }

interface Drawn {
  bounds: [[west: number, south: number], [east: number, north: number]]
  shape: GeoPermissibleObjects
}

/** Land and borders of Natural Earth, 1:50 m, which is in the public domain. */
export class World {
  readonly #land: readonly Drawn[]
  readonly #borders: readonly Drawn[]

  constructor() {
    const require = createRequire(import.meta.url)
    const atlas: Atlas = require('world-atlas/countries-50m.json')
    const land = feature(atlas, atlas.objects.land)
    const lands = 'features' in land ? land.features : [land]
    const polygons = lands.flatMap(({ geometry }) =>
      geometry.type === 'MultiPolygon' ? geometry.coordinates : [],
    )
    this.#land = polygons.map((coordinates) => drawn({ type: 'Polygon', coordinates }))
    const borders = mesh(atlas, atlas.objects.countries, (one, other) => one !== other)
    this.#borders = borders.coordinates.map((coordinates) => drawn({ type: 'LineString', coordinates }))
  }

  /** What is around a position. */
  draw({ lat, lon }: { lat: number; lon: number }): PlaceMap {
    const middle = Math.max(-TOP, Math.min(TOP, lat))
    const projection = geoMercator()
      .scale(((WIDTH / SPAN) * 360) / (2 * Math.PI))
      .rotate([-lon, 0])
      .center([0, middle])
      .translate([WIDTH / 2, HEIGHT / 2])
      .clipExtent([
        [0, 0],
        [WIDTH, HEIGHT],
      ])
    const path = geoPath(projection).digits(1)
    const near = ({ bounds: [[west, south], [east, north]] }: Drawn) =>
      north >= middle - SPAN / 2 && south <= middle + SPAN / 2 && isWithin(lon, west - SPAN, east + SPAN)
    const drawAll = (shapes: readonly Drawn[]) =>
      shapes
        .filter(near)
        .map(({ shape }) => path(shape) ?? '')
        .join('')
    const [x = 0, y = 0] = projection([lon, lat]) ?? []
    return {
      width: WIDTH,
      height: HEIGHT,
      land: drawAll(this.#land),
      borders: drawAll(this.#borders),
      x: Math.round(x),
      y: Math.round(Math.max(0, Math.min(HEIGHT, y))),
    }
  }
}

const drawn = (shape: GeoPermissibleObjects): Drawn => ({ shape, bounds: geoBounds(shape) })

/** Whether a longitude is within two, of which the eastern one may lie beyond the date line. */
const isWithin = (lon: number, west: number, east: number): boolean =>
  east - west >= 360 || (lon - west + 720) % 360 <= (east - west + 720) % 360
