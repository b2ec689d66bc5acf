import { Drawing } from './Drawing.tsx'

/** The tail of a roll, all frames seen. */
export function FilmEnd() {
  return (
    <Drawing>
      <path d="M22 30h28v52H22zM28 24h16v6H28zM28 82h16v6H28z" />
      <path d="M50 38h62c8 0 12 4 12 12v0c0 6-4 8-10 8H84v16H50" />
      <path d="M56 43h4M66 43h4M76 43h4M86 43h4M96 43h4M106 43h4M56 69h4M66 69h4M76 69h4" strokeWidth="3" />
      <path d="M96 78l8 8 16-18" stroke="var(--spot)" strokeWidth="3" />
    </Drawing>
  )
}
