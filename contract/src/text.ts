import { Exact, type Static, Type, UserId } from './core/schema.ts'
import { parseText, type Token } from './text-parse.ts'

const span = { start: Type.Integer(), end: Type.Integer() }

/**
 * A stretch of a text that is a link: `start` and `end` are offsets in UTF-16 code units (what JavaScript's
 * `slice` takes). A mention is kept by the id of its member: text and `username` say what they are called now.
 */
export const Facet = Type.Union([
  Exact({ type: Type.Literal('hashtag'), ...span, tag: Type.String() }),
  Exact({ type: Type.Literal('mention'), ...span, username: Type.String(), user_id: UserId }),
  /** A web address; `url` is http or https. */
  Exact({ type: Type.Literal('link'), ...span, url: Type.String() }),
])
export type Facet = Static<typeof Facet>

/** A facet before it is known whom a mention means. */
export type RawFacet = Exclude<Token, { type: 'text' }>

/** The #hashtags, @mentions and web addresses of a text, in the order they stand. */
export const parseFacets = (text: string): RawFacet[] =>
  parseText(text).filter((token) => token.type !== 'text')

/** What a text says to be kept whole: each once. */
export const hashtagsOf = (facets: readonly (Facet | RawFacet)[]): string[] => [
  ...new Set(facets.flatMap((facet) => (facet.type === 'hashtag' ? [facet.tag] : []))),
]
export const mentionsOf = (facets: readonly Facet[]): UserId[] => [
  ...new Set(facets.flatMap((facet) => (facet.type === 'mention' ? [facet.user_id] : []))),
]
