import { type Facet, parseFacets, type RawFacet } from '@tintype/contract'

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'hashtag'; text: string; tag: string }
  | { kind: 'mention'; text: string; username: string }
  | { kind: 'link'; text: string; href: string }

/**
 * Cuts a text at its facets. A facet that is out of range or overlaps the one before it is left as text, so a
 * wrong offset never loses or doubles a character.
 */
export function piecesOf(text: string, facets: readonly (Facet | RawFacet)[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const facet of [...facets].sort((a, b) => a.start - b.start)) {
    if (facet.start < at || facet.end > text.length || facet.end <= facet.start) continue
    if (facet.start > at) pieces.push({ kind: 'text', text: text.slice(at, facet.start) })
    pieces.push(pieceOf(facet, text.slice(facet.start, facet.end)))
    at = facet.end
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

function pieceOf(facet: Facet | RawFacet, text: string): Piece {
  if (facet.type === 'hashtag') return { kind: 'hashtag', text, tag: facet.tag }
  if (facet.type === 'mention') return { kind: 'mention', text, username: facet.username }
  return { kind: 'link', text: text.replace(/^https?:\/\//i, ''), href: facet.url }
}

/** For a text that carries no facets of its own, such as a bio: tags, mentions and web addresses. */
export const linkify = (text: string): Piece[] => piecesOf(text, parseFacets(text))
