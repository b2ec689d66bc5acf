import { type Facet, parseFacets, type RawFacet } from '@tintype/contract'

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'hashtag'; text: string; tag: string }
  | { kind: 'mention'; text: string; username: string }
  | { kind: 'link'; text: string; href: string }

const URL_PATTERN = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/giu

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
    const label = text.slice(facet.start, facet.end)
    pieces.push(
      facet.type === 'hashtag'
        ? { kind: 'hashtag', text: label, tag: facet.tag }
        : { kind: 'mention', text: label, username: facet.username },
    )
    at = facet.end
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

/** For a text that carries no facets of its own, such as a bio: tags, mentions and web addresses. */
export function linkify(text: string): Piece[] {
  return piecesOf(text, parseFacets(text)).flatMap((piece) =>
    piece.kind === 'text' ? linksIn(piece.text) : piece,
  )
}

function linksIn(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(URL_PATTERN)) {
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) })
    pieces.push({ kind: 'link', text: match[0].replace(/^https?:\/\//i, ''), href: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}
