import { Exact, type Static, Type, UserId } from './schema.ts'

/**
 * A stretch of a text that is a link: `start` and `end` are offsets in UTF-16 code units (what JavaScript's
 * `slice` takes). A mention carries the id of the member it meant when it was written, so it survives a rename.
 */
export const Facet = Type.Union([
  Exact({ type: Type.Literal('hashtag'), start: Type.Integer(), end: Type.Integer(), tag: Type.String() }),
  Exact({
    type: Type.Literal('mention'),
    start: Type.Integer(),
    end: Type.Integer(),
    username: Type.String(),
    user_id: UserId,
  }),
])
export type Facet = Static<typeof Facet>

export type RawFacet =
  | { type: 'hashtag'; start: number; end: number; tag: string }
  | { type: 'mention'; start: number; end: number; username: string }

// A tag: letters, marks, digits and underscores of any script, emoji not; at least one that is not a digit.
const HASHTAG = /(?<![\p{L}\p{N}\p{M}_&/#])[#＃]((?:[\p{L}\p{N}\p{M}_·]|\u200c|\u200d){1,100})/gu
const MENTION = /(?<![\p{L}\p{N}_./@])@([a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?)/giu

/** Finds #hashtags and @mentions in the order they stand. Tags are NFKC-folded and lower-cased, so #Café and #CAFÉ meet. */
export function parseFacets(text: string): RawFacet[] {
  const facets: RawFacet[] = []
  for (const match of text.matchAll(HASHTAG)) {
    const tag = normalizeTag(match[1] ?? '')
    if (/^[\p{N}_]*$/u.test(tag)) continue
    facets.push({ type: 'hashtag', start: match.index, end: match.index + match[0].length, tag })
  }
  for (const match of text.matchAll(MENTION)) {
    const username = (match[1] ?? '').toLowerCase()
    facets.push({ type: 'mention', start: match.index, end: match.index + match[0].length, username })
  }
  return facets.sort((a, b) => a.start - b.start)
}

/** The form a hashtag is stored and looked up in. */
export const normalizeTag = (tag: string): string => tag.normalize('NFKC').toLowerCase()
