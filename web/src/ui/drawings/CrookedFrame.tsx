import { Drawing } from './Drawing.tsx'

/** A frame off its level, with nothing in it. */
export function CrookedFrame() {
  return (
    <Drawing>
      <circle cx="74" cy="12" r="2.5" fill="var(--spot)" stroke="none" />
      <path d="M74 12L46 36M74 12l40 18" />
      <g transform="rotate(9 76 64)">
        <path d="M38 34h76v58H38z" />
        <path d="M46 42h60v42H46z" />
        <path d="M38 34l8 8M114 34l-8 8M38 92l8-8M114 92l-8-8" />
      </g>
      <path d="M16 106h116" strokeDasharray="1 5" />
    </Drawing>
  )
}
