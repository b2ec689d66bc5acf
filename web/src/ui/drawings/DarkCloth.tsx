import { Drawing } from './Drawing.tsx'

/** A picture under a cloth, for what is kept private. */
export function DarkCloth() {
  return (
    <Drawing>
      <path d="M34 30h80M34 30v62h80V30" />
      <path
        d="M28 26c30-8 62-8 92 0l4 52c-6 5-10-3-16 1s-9 6-15 1-10-4-16 1-10 5-16 0-10-4-16 1-12 4-21-3z"
        fill="var(--bg)"
      />
      <path d="M46 32c-2 14-3 28-2 42M74 28c-1 16-1 34 1 50M102 32c2 14 3 26 2 40" opacity="0.5" />
      <circle cx="74" cy="52" r="9" fill="var(--bg)" stroke="var(--spot)" />
      <path d="M74 50v5" stroke="var(--spot)" strokeWidth="2.5" />
    </Drawing>
  )
}
