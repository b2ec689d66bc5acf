import { Drawing } from './Drawing.tsx'

/** A loupe over a contact sheet. */
export function Loupe() {
  return (
    <Drawing>
      <path d="M22 20h82v66H22z" />
      <path d="M30 28h18v14H30zM54 28h18v14H54zM78 28h18v14H78zM30 48h18v14H30zM30 68h18v10H30z" />
      <circle cx="82" cy="62" r="23" fill="var(--bg)" />
      <circle cx="82" cy="62" r="18" />
      <circle cx="82" cy="57" r="5" stroke="var(--spot)" />
      <path d="M72 73c1-7 5-9 10-9s9 2 10 9" stroke="var(--spot)" />
      <path d="M99 79l21 20" strokeWidth="4" />
    </Drawing>
  )
}
