import { Link } from '@tanstack/react-router'
import type { Facet } from '@tintype/contract'
import styles from './RichText.module.css'
import { linkify, type Piece, piecesOf } from './rich-text.ts'

interface RichTextProps {
  text: string
  /** Left out: the text is searched for tags, mentions and addresses. */
  facets?: readonly Facet[]
}

/** A text whose #tags and @mentions are links; line breaks are kept. */
export function RichText({ text, facets }: RichTextProps) {
  const pieces = facets ? piecesOf(text, facets) : linkify(text)
  return (
    <span className={styles.text} dir="auto">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces are a pure function of the text
        <PieceView key={index} piece={piece} />
      ))}
    </span>
  )
}

function PieceView({ piece }: { piece: Piece }) {
  if (piece.kind === 'hashtag')
    return (
      <Link to="/tags/$tag" params={{ tag: piece.tag }} className={styles.link}>
        {piece.text}
      </Link>
    )
  if (piece.kind === 'mention')
    return (
      <Link to="/$username" params={{ username: piece.username }} className={styles.link}>
        {piece.text}
      </Link>
    )
  if (piece.kind === 'link')
    return (
      <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow" className={styles.link}>
        {piece.text}
      </a>
    )
  return piece.text
}
