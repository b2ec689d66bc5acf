import { Drawing } from './Drawing.tsx'

/** An open envelope, a print halfway out of it. */
export function LetterTray() {
  return (
    <Drawing>
      <path d="M24 50v46h100V50" />
      <path d="M24 50l18-14M124 50l-18-14" />
      <path d="M24 52l38 28c7 5 17 5 24 0l38-28" />
      <path d="M24 96l34-27M124 96L90 69" opacity="0.6" />
      <path d="M45 67V14h58v53" />
      <path d="M53 22h42v28H53z" />
      <path d="M56 50l11-14 8 9 5-5 12 10" stroke="var(--spot)" />
      <circle cx="86" cy="30" r="3" stroke="var(--spot)" />
      <path d="M8 34h6M4 44h10M134 34h6M134 44h10" opacity="0.4" strokeDasharray="1 4" />
    </Drawing>
  )
}
