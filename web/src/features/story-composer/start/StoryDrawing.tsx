import { Drawing } from '../../../ui/drawings/Drawing.tsx'

/** A plate on its stand, and a clock's hand over it: what is shown for a day. */
export function StoryDrawing() {
  return (
    <Drawing>
      <path d="M50 14h48v84H50z" />
      <path d="M57 21h34v58H57z" strokeDasharray="1 5" />
      <path d="M60 88h18" />
      <circle cx="102" cy="34" r="17" fill="var(--plate)" />
      <path d="M102 24v10l7 5" stroke="var(--spot)" strokeWidth="2" />
      <path d="M30 104h88" strokeDasharray="1 5" />
    </Drawing>
  )
}
