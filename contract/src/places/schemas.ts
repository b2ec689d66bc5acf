import { Exact, Nullable, type Static, Type } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Place } from '../posts/schemas.ts'

export const placeLimits = {
  /** Of what is typed. */
  q: limits.placeName,
  /** Suggestions at once. */
  suggestions: 8,
} as const

/** The lie of the land around a place, drawn on the server from data that it has with it: nobody else is asked. */
export const PlaceMap = Exact({
  width: Type.Integer(),
  height: Type.Integer(),
  /** SVG path data within that size. */
  land: Type.String(),
  /** Borders of countries. */
  borders: Type.String(),
  /** Where the place is in it. */
  x: Type.Number(),
  y: Type.Number(),
})
export type PlaceMap = Static<typeof PlaceMap>

export const PlacePage = Exact({
  place: Place,
  /** Never more than what the viewer may see: one that counts nothing for them is not found. */
  posts_count: Type.Integer(),
  /** Of places with a position. */
  map: Nullable(PlaceMap),
})
export type PlacePage = Static<typeof PlacePage>

/** A place that posts here have, or a town of the world (`posts_count` 0). */
export const SuggestedPlace = Exact({
  place: Place,
  /** Of a town: ISO 3166-1 alpha-2. */
  country: Nullable(Type.String()),
  posts_count: Type.Integer(),
})
export type SuggestedPlace = Static<typeof SuggestedPlace>
